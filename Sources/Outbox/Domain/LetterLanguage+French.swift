extension LetterLanguage {
  static let french: [String: LetterWords] = [
    "invitation": LetterWords(
      subject: "Votre compte sur {{site}}",
      text: """
        Bonjour {{name}},

        un compte a été créé pour vous sur {{site}}. Votre identifiant est {{login}}.

        Choisissez votre mot de passe avec ce lien. Il sert une seule fois, jusqu'au {{until}}, et confirme \
        que cette adresse est la vôtre :

        {{link}}
        """),
    "message": messageWords,
    "new-sign-in": LetterWords(
      subject: "Connexion depuis un nouvel appareil",
      text: """
        Bonjour {{name}},

        votre compte sur {{site}} a été utilisé depuis un appareil que nous ne connaissons pas : {{device}}, \
        depuis {{address}}, le {{time}}.

        Si c'était vous, tout va bien. Sinon, changez votre mot de passe maintenant ; tous les appareils \
        seront déconnectés :

        {{link}}
        """),
    "password-changed": LetterWords(
      subject: "Votre mot de passe a été changé",
      text: """
        Bonjour {{name}},

        le mot de passe de votre compte sur {{site}} a été changé le {{time}}. Tous les autres appareils \
        sont déconnectés.

        Si ce n'était pas vous, choisissez-en un nouveau maintenant :

        {{link}}
        """),
    "password-reset": LetterWords(
      subject: "Choisissez un nouveau mot de passe",
      text: """
        Bonjour {{name}},

        quelqu'un, sans doute vous, a demandé un nouveau mot de passe pour {{site}}. Choisissez-le avec ce \
        lien. Il sert une seule fois, jusqu'au {{until}} :

        {{link}}

        Si vous n'avez rien demandé, ne faites rien : votre mot de passe reste le même.
        """),
    "test": LetterWords(
      subject: "Le courrier de {{site}} arrive",
      text: """
        Ce courrier a été envoyé le {{time}} pour voir si le courrier de {{site}} arrive.

        Il arrive.
        """),
  ]
}
