/// Numbers of things as pages say them.
public enum CountWords {
  /// `1 student`, `3 students`
  public static func of(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }
}
