extension LetterLanguage {
  static let portuguese: [String: LetterWords] = [
    "invitation": LetterWords(
      subject: "A sua conta em {{site}}",
      text: """
        Olá, {{name}},

        foi criada uma conta para si em {{site}}. Entre com {{login}}.

        Escolha a sua palavra-passe com esta ligação. Serve uma só vez, até {{until}}, e confirma que este \
        endereço é seu:

        {{link}}
        """),
    "message": messageWords,
    "new-sign-in": LetterWords(
      subject: "Entrada com um dispositivo novo",
      text: """
        Olá, {{name}},

        a sua conta em {{site}} foi usada num dispositivo que não conhecemos: {{device}}, de {{address}}, em \
        {{time}}.

        Se foi você, está tudo bem. Se não foi, mude agora a sua palavra-passe; a sessão termina em todos os \
        dispositivos:

        {{link}}
        """),
    "password-changed": LetterWords(
      subject: "A sua palavra-passe mudou",
      text: """
        Olá, {{name}},

        a palavra-passe da sua conta em {{site}} foi mudada em {{time}}. A sessão terminou em todos os \
        outros dispositivos.

        Se não foi você, escolha agora uma nova:

        {{link}}
        """),
    "password-reset": LetterWords(
      subject: "Escolha uma nova palavra-passe",
      text: """
        Olá, {{name}},

        alguém, provavelmente você, pediu uma nova palavra-passe para {{site}}. Escolha-a com esta ligação. \
        Serve uma só vez, até {{until}}:

        {{link}}

        Se não a pediu, não faça nada: a sua palavra-passe fica como está.
        """),
    "test": LetterWords(
      subject: "O correio de {{site}} chega",
      text: """
        Esta mensagem foi enviada em {{time}} para ver se o correio de {{site}} chega.

        Chega.
        """),
  ]
}
