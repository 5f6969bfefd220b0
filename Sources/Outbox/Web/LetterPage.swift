import Markup

/// A letter's text as a page: the same words, with its links to press.
struct LetterPage {
  let subject: String
  let text: String
  let language: String

  /// The whole page as text, as it goes into a mail.
  var document: String { "<!doctype html>" + html.description }

  var html: HTML {
    Markup.html(.lang(language), .dir(direction)) {
      head {
        meta(.charset("utf-8"))
        meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
        title { subject }
        Self.style
      }
      body { content }
    }
  }

  /// What stands in it: a paragraph for each, links alive. Each goes the way of its own words: what somebody wrote need
  /// not be in the language of the letter.
  var content: HTML {
    HTML(paragraphs.map { paragraph in p(.dir(.auto)) { HTML(lines(of: paragraph)) } })
  }

  /// The way the language is written.
  var direction: WritingDirection { LetterLanguage.isRightToLeft(language) ? .rtl : .ltr }

  private var paragraphs: [Substring] {
    text.replacing("\r\n", with: "\n").split(separator: /\n[ \t]*\n/).filter { $0.contains { !$0.isWhitespace } }
  }

  private func lines(of paragraph: Substring) -> [HTML] {
    let lines = paragraph.split(separator: "\n")
    return lines.enumerated().flatMap { position, line in
      words(of: line) + (position < lines.count - 1 ? [br()] : [])
    }
  }

  private func words(of line: Substring) -> [HTML] {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    return parts.enumerated().flatMap { position, word in
      let isLink = word.hasPrefix("https://") || word.hasPrefix("http://")
      let link = isLink ? WebLink(String(word)) : nil
      let shown = link.map { link in a(.href(link)) { HTML(text: String(word)) } } ?? HTML(text: String(word))
      return position < parts.count - 1 ? [shown, " "] : [shown]
    }
  }

  /// Mail programs know little of style, and take it from the page itself only.
  private static let style = HTML.trusted(
    """
    <style>body{margin:0 auto;padding:24px 16px;max-width:560px;font:16px/1.6 system-ui,sans-serif;color:#1d2433;\
    background:#fff}a{color:#1f5eff;word-break:break-all}\
    @media(prefers-color-scheme:dark){body{color:#e8ebf2;background:#151a24}a{color:#8fb0ff}}</style>
    """, because: "one constant of our own; mail has no style sheets")
}
