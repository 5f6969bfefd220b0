public import Rights

extension Permission {
  /// Write messages. Own sections: to these and the guardians of their students; a school: to anyone there.
  public static let sendMessages = Permission(
    "messages.send", "Write messages to people of the school", scopes: [.all, .school, .sections])
}
