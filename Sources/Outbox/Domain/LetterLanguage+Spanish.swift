extension LetterLanguage {
  static let spanish: [String: LetterWords] = [
    "invitation": LetterWords(
      subject: "Su cuenta en {{site}}",
      text: """
        Hola, {{name}}:

        se ha creado una cuenta para usted en {{site}}. Entre con {{login}}.

        Elija su contraseña con este enlace. Sirve una sola vez, hasta el {{until}}, y confirma que esta \
        dirección es suya:

        {{link}}
        """),
    "message": messageWords,
    "new-sign-in": LetterWords(
      subject: "Acceso desde un dispositivo nuevo",
      text: """
        Hola, {{name}}:

        su cuenta en {{site}} se ha usado desde un dispositivo que no conocemos: {{device}}, desde \
        {{address}}, el {{time}}.

        Si fue usted, todo está bien. Si no, cambie ahora su contraseña; se cerrará la sesión en todos los \
        dispositivos:

        {{link}}
        """),
    "password-changed": LetterWords(
      subject: "Su contraseña ha cambiado",
      text: """
        Hola, {{name}}:

        la contraseña de su cuenta en {{site}} se cambió el {{time}}. Se ha cerrado la sesión en los demás \
        dispositivos.

        Si no fue usted, elija ahora una nueva:

        {{link}}
        """),
    "password-reset": LetterWords(
      subject: "Elija una contraseña nueva",
      text: """
        Hola, {{name}}:

        alguien, probablemente usted, ha pedido una contraseña nueva para {{site}}. Elíjala con este enlace. \
        Sirve una sola vez, hasta el {{until}}:

        {{link}}

        Si no la ha pedido, no haga nada: su contraseña sigue igual.
        """),
    "test": LetterWords(
      subject: "El correo de {{site}} llega",
      text: """
        Este correo se envió el {{time}} para ver si llega el correo de {{site}}.

        Llega.
        """),
  ]
}
