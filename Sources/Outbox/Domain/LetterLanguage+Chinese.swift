extension LetterLanguage {
  static let chinese: [String: LetterWords] = [
    "invitation": LetterWords(
      subject: "您在 {{site}} 的帳號",
      text: """
        {{name}} 您好：

        {{site}} 已為您建立帳號。請以 {{login}} 登入。

        請用下面的連結設定密碼。連結只能使用一次，有效期至 {{until}}，並用來確認此信箱屬於您：

        {{link}}
        """),
    "message": messageWords,
    "new-sign-in": LetterWords(
      subject: "有新裝置登入",
      text: """
        {{name}} 您好：

        您在 {{site}} 的帳號於 {{time}} 在一部我們不認識的裝置上使用：{{device}}，位址 {{address}}。

        如果是您本人，請放心。如果不是，請立即更改密碼，所有裝置都會登出：

        {{link}}
        """),
    "password-changed": LetterWords(
      subject: "您的密碼已更改",
      text: """
        {{name}} 您好：

        您在 {{site}} 的帳號密碼已於 {{time}} 更改，其他裝置均已登出。

        如果不是您本人，請立即設定新密碼：

        {{link}}
        """),
    "password-reset": LetterWords(
      subject: "請設定新密碼",
      text: """
        {{name}} 您好：

        有人（多半是您本人）要求重設 {{site}} 的密碼。請用下面的連結設定新密碼。連結只能使用一次，有效期至 {{until}}：

        {{link}}

        如果您沒有提出要求，請不必理會，您的密碼不會改變。
        """),
    "test": LetterWords(
      subject: "{{site}} 的郵件可以送達",
      text: """
        這封郵件於 {{time}} 寄出，用來確認 {{site}} 的郵件能否送達。

        可以送達。
        """),
  ]
}
