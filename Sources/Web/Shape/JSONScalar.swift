public import Kernel

/// A value that is written in one way only, whatever its format demands of whoever sends it: its format need not even
/// be made to write it. A list of fifty objects has five hundred of them.
public protocol JSONScalar {
  /// Appends the value.
  func write(to writer: inout JSONWriter)
}

extension String: JSONScalar {
  public func write(to writer: inout JSONWriter) { writer.string(self) }
}
extension Int: JSONScalar {
  public func write(to writer: inout JSONWriter) { writer.int(self) }
}
extension Bool: JSONScalar {
  public func write(to writer: inout JSONWriter) { writer.bool(self) }
}
extension ID: JSONScalar {
  public func write(to writer: inout JSONWriter) { writer.id(self) }
}
extension SchoolDate: JSONScalar {
  public func write(to writer: inout JSONWriter) { writer.string(description) }
}
extension Instant: JSONScalar {
  public func write(to writer: inout JSONWriter) { writer.string(description) }
}
extension Decimal4: JSONScalar {
  public func write(to writer: inout JSONWriter) { writer.string(description) }
}

extension ShapeVisitor {
  /// A scalar that is always there.
  public mutating func callAsFunction<Value: JSONScalar>(
    _ name: StaticString, _ value: inout Value, _ format: @autoclosure () -> Format<Value>, _ about: StaticString
  ) {
    guard task == .write else { return member(name, &value, format(), about) }
    writer.key(name)
    value.write(to: &writer)
  }

  /// A scalar that may be missing or `null`.
  public mutating func callAsFunction<Value: JSONScalar>(
    _ name: StaticString, _ value: inout Value?, _ format: @autoclosure () -> Format<Value>, _ about: StaticString
  ) {
    guard task == .write else { return member(name, &value, format(), about) }
    writer.key(name)
    if let value { value.write(to: &writer) } else { writer.null() }
  }

  /// A word of a closed set that is always there.
  public mutating func callAsFunction<Value: RawRepresentable<String>>(
    _ name: StaticString, _ value: inout Value, _ format: @autoclosure () -> Format<Value>, _ about: StaticString
  ) {
    guard task == .write else { return member(name, &value, format(), about) }
    writer.key(name)
    writer.string(value.rawValue)
  }

  /// A word of a closed set that may be missing or `null`.
  public mutating func callAsFunction<Value: RawRepresentable<String>>(
    _ name: StaticString, _ value: inout Value?, _ format: @autoclosure () -> Format<Value>, _ about: StaticString
  ) {
    guard task == .write else { return member(name, &value, format(), about) }
    writer.key(name)
    if let value { writer.string(value.rawValue) } else { writer.null() }
  }
}
