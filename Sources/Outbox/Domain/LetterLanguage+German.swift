extension LetterLanguage {
  static let german: [String: LetterWords] = [
    "invitation": LetterWords(
      subject: "Ihr Konto bei {{site}}",
      text: """
        Guten Tag {{name}},

        für Sie wurde bei {{site}} ein Konto angelegt. Sie melden sich mit {{login}} an.

        Wählen Sie Ihr Passwort über diesen Link. Er gilt einmal, bis {{until}}, und bestätigt, dass diese \
        Adresse Ihnen gehört:

        {{link}}
        """),
    "message": messageWords,
    "new-sign-in": LetterWords(
      subject: "Anmeldung mit einem neuen Gerät",
      text: """
        Guten Tag {{name}},

        Ihr Konto bei {{site}} wurde mit einem Gerät benutzt, das wir noch nicht kennen: {{device}}, von \
        {{address}}, am {{time}}.

        Waren Sie das, ist alles in Ordnung. Wenn nicht, ändern Sie jetzt Ihr Passwort; damit werden alle \
        Geräte abgemeldet:

        {{link}}
        """),
    "password-changed": LetterWords(
      subject: "Ihr Passwort wurde geändert",
      text: """
        Guten Tag {{name}},

        das Passwort Ihres Kontos bei {{site}} wurde am {{time}} geändert. Alle anderen Geräte sind abgemeldet.

        Waren Sie das nicht, wählen Sie jetzt ein neues:

        {{link}}
        """),
    "password-reset": LetterWords(
      subject: "Wählen Sie ein neues Passwort",
      text: """
        Guten Tag {{name}},

        jemand, vermutlich Sie selbst, hat bei {{site}} um ein neues Passwort gebeten. Wählen Sie es über \
        diesen Link. Er gilt einmal, bis {{until}}:

        {{link}}

        Waren Sie das nicht, tun Sie nichts: Ihr Passwort bleibt, wie es ist.
        """),
    "test": LetterWords(
      subject: "Post von {{site}} kommt an",
      text: """
        Diese Nachricht wurde am {{time}} verschickt, um zu sehen, ob Post von {{site}} ankommt.

        Sie kommt an.
        """),
  ]
}
