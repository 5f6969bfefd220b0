extension LetterLanguage {
  static let english: [String: LetterWords] = [
    "invitation": LetterWords(
      subject: "Your account at {{site}}",
      text: """
        Hello {{name}},

        an account was made for you at {{site}}. You sign in with {{login}}.

        Choose your password with this link. It works once, until {{until}}, and confirms that this address \
        is yours:

        {{link}}
        """),
    "message": messageWords,
    "new-sign-in": LetterWords(
      subject: "A new device signed in",
      text: """
        Hello {{name}},

        your account at {{site}} was used on a device that is new to us: {{device}}, from {{address}}, on \
        {{time}}.

        If that was you, all is well. If it was not, change your password now, which signs all devices out:

        {{link}}
        """),
    "password-changed": LetterWords(
      subject: "Your password was changed",
      text: """
        Hello {{name}},

        the password of your account at {{site}} was changed on {{time}}. All other devices are signed out.

        If it was not you, choose a new one now:

        {{link}}
        """),
    "password-reset": LetterWords(
      subject: "Choose a new password",
      text: """
        Hello {{name}},

        somebody, probably you, asked for a new password at {{site}}. Choose it with this link. It works \
        once, until {{until}}:

        {{link}}

        If you did not ask for it, do nothing: your password stays as it is.
        """),
    "test": LetterWords(
      subject: "Mail from {{site}} arrives",
      text: """
        This mail was sent on {{time}} to see whether mail from {{site}} arrives.

        It does.
        """),
  ]

  /// What somebody wrote speaks for itself, in any language.
  static let messageWords = LetterWords(
    subject: "{{subject}}",
    text: """
      {{text}}

      {{sender}}, {{school}}

      {{link}}
      """)
}
