public import Markup

/// A file that pages need, such as the style sheet, held in the binary.
///
/// The address carries a hash of the content, so browsers may keep an answer for ever (`immutable`): other content has
/// another address. `bin/assets` writes the assets from the folder `Assets/`.
public struct Asset: Sendable {
  /// The address, as in `/assets/app.3f9c04d1a2b7.css`.
  public let path: Path
  /// The media type for `Content-Type`.
  public let mediaType: String
  /// The content.
  public let bytes: [UInt8]

  init(path: Path, mediaType: String, text: String) {
    self.path = path
    self.mediaType = mediaType
    bytes = Array(text.utf8)
  }

  /// The asset at an address; nil for an old hash or anything else.
  public static func find(path: String) -> Asset? { all.first { $0.path.description == path } }
}
