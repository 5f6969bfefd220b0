import Kernel
import Markup
import Web

struct TemplateListView: View {
  let lines: [TemplateLine]

  var body: HTML {
    PageHeader("Templates", about: "What the program's own letters say, in the language of their reader.") {
      ButtonLink("Outbox", to: OutboxPaths.letters)
    }
    DataTable(
      caption: "Letters by what they are for", columns: [.init("Letter"), .init("In", isNamedOnPhones: false)],
      isPinned: false,
      rows: LetterTemplate.all.map { template in
        .init(name: template.title, lead: HTML(text: template.title), cells: [languages(of: template)])
      })
  }

  private func languages(of template: LetterTemplate) -> HTML {
    div(.class("letter-languages")) {
      for line in lines where line.template == template {
        span {
          a(.href(OutboxPaths.template(template.key, line.language)), .lang(line.language)) {
            LanguageName.of(line.language)
          }
          if line.version != nil { " \(Badge("changed", .info))" }
        }
      }
    }
  }
}

/// What a language is called by those who speak it.
enum LanguageName {
  static func of(_ tag: String) -> String { LetterLanguage.all.first { $0.tag == tag }?.name ?? tag }
}

struct TemplateView: View {
  let line: TemplateLine
  let words: LetterWords
  let isDraft: Bool
  let preview: LetterPage?
  let faults: [Problem.FieldError]

  var body: HTML {
    if !faults.isEmpty { ErrorSummary(faults.map { .init($0.detail, field: String($0.pointer.dropFirst())) }) }
    PageHeader(line.template.title, about: LanguageName.of(line.language)) {
      if line.version != nil {
        form(.method(.post), .action(OutboxPaths.dropping(line.template.key, line.language))) {
          Button("Use the words we bring")
        }
      }
    }
    Columns {
      editor
    } side: {
      Card(isDraft ? "How it would read" : "How it reads") { sample }
    }
  }

  private var editor: HTML {
    form(
      .class("stack"), .method(.post), .action(OutboxPaths.template(line.template.key, line.language)), .novalidate()
    ) {
      line.version.map { Hidden("version", String($0)).body } ?? .empty
      Field(
        "Subject", name: "subject", .line(words.subject, attributes: [.dir(.auto)]), error: fault("subject"),
        isRequired: true)
      Field(
        "Text", name: "text", .lines(words.text, rows: 14),
        hint: "Paragraphs with an empty line between. May be filled in: "
          + line.template.placeholders.map { "{{\($0.name)}}" }.joined(separator: " "),
        error: fault("text"), isRequired: true)
      div(.class("actions")) {
        Button("Save", .primary)
        button(
          .class("button"), .type(.submit),
          .formaction(OutboxPaths.preview(line.template.key, line.language))
        ) { "Preview" }
        ButtonLink("Cancel", .quiet, to: OutboxPaths.templates)
      }
    }
  }

  @HTMLBuilder private var sample: HTML {
    if let preview {
      p(.class("strong")) { bdi { preview.subject } }
      div(.class("letter prose"), .lang(preview.language), .dir(preview.direction)) { preview.content }
    } else {
      p(.class("muted")) { "Mend what is wrong first." }
    }
  }

  private func fault(_ field: String) -> String? { faults.first { $0.pointer == "/" + field }?.detail }
}
