extension LetterLanguage {
  static let arabic: [String: LetterWords] = [
    "invitation": LetterWords(
      subject: "حسابك في {{site}}",
      text: """
        مرحبًا {{name}}،

        أُنشئ لك حساب في {{site}}. تسجّل الدخول بواسطة {{login}}.

        اختر كلمة المرور من خلال هذا الرابط. يعمل مرة واحدة حتى {{until}}، ويؤكد أن هذا العنوان لك:

        {{link}}
        """),
    "message": messageWords,
    "new-sign-in": LetterWords(
      subject: "تسجيل دخول من جهاز جديد",
      text: """
        مرحبًا {{name}}،

        استُخدم حسابك في {{site}} على جهاز لا نعرفه: {{device}}، من {{address}}، في {{time}}.

        إن كنت أنت فلا بأس. وإن لم تكن، فغيّر كلمة المرور الآن، وبذلك يُسجَّل خروج جميع الأجهزة:

        {{link}}
        """),
    "password-changed": LetterWords(
      subject: "تغيّرت كلمة مرورك",
      text: """
        مرحبًا {{name}}،

        غُيّرت كلمة مرور حسابك في {{site}} في {{time}}. وسُجّل خروج جميع الأجهزة الأخرى.

        إن لم تكن أنت، فاختر كلمة جديدة الآن:

        {{link}}
        """),
    "password-reset": LetterWords(
      subject: "اختر كلمة مرور جديدة",
      text: """
        مرحبًا {{name}}،

        طلب أحدهم، وغالبًا أنت، كلمة مرور جديدة في {{site}}. اخترها من خلال هذا الرابط. يعمل مرة واحدة حتى \
        {{until}}:

        {{link}}

        إن لم تطلبها فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.
        """),
    "test": LetterWords(
      subject: "بريد {{site}} يصل",
      text: """
        أُرسلت هذه الرسالة في {{time}} لمعرفة ما إذا كان بريد {{site}} يصل.

        إنه يصل.
        """),
  ]
}
