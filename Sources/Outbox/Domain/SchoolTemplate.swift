import Kernel

/// What a school has a template say, in one language.
struct SchoolTemplate: Sendable, Equatable {
  /// What its identifier identifies.
  enum Identity {}

  /// Which it is.
  let id: ID<Identity>
  /// How often it was saved.
  var version = 1
  /// Which template.
  let key: String
  /// In which language, as a BCP 47 tag.
  let language: String
  /// What it says.
  var words: LetterWords
}
