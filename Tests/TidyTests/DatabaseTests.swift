import Testing

@Suite struct `How the code speaks to the database` {
  @Test func `only pairs of files may ask which engine it is`() {
    dialects.holds()
    #expect(dialects.finds("if tx.dialect == .sqlite {}", in: "Sources/Directory/Store/StudentStore.swift"))
    #expect(dialects.finds("switch dialect {}", in: "Sources/Directory/Store/StudentStore.swift"))
    #expect(!dialects.finds("if tx.dialect == .sqlite {}", in: "Sources/Directory/Store/WordSearch+SQLite.swift"))
    #expect(!dialects.finds("// its dialect\nlet a = 1", in: "Sources/Directory/Store/StudentStore.swift"))
  }

  @Test func `SQL stands in stores and is never made of strings`() {
    stray.holds()
    let query = "let query: SQL = \"SELECT id FROM academics_course_live\""
    #expect(stray.finds(query, in: "Sources/Academics/Service/AcademicsService.swift"))
    #expect(!stray.finds(query, in: "Sources/Academics/Store/CourseStore.swift"))
    #expect(!stray.finds("let title = \"Select a course\"", in: "Sources/Academics/Web/CoursePages.swift"))
    madeOfStrings.holds()
    #expect(
      madeOfStrings.finds("try tx.run(SQL(stringLiteral: typed))", in: "Sources/Academics/Store/CourseStore.swift"))
    #expect(madeOfStrings.finds("try tx.script(text)", in: "Sources/Academics/Store/CourseStore.swift"))
    #expect(!madeOfStrings.finds("try tx.script(text)", in: "Sources/Persistence/Migrator.swift"))
  }

  @Test func `a slice writes its own tables and sees those of others through their views`() {
    let schema = Schema(of: Checkout.swiftFiles.filter { !$0.isTest })
    ownership(schema).holds()

    let rule = ownership(planted)
    func finds(_ sql: String, in path: String) -> Bool { rule.finds("let sql = \"\"\"\n  \(sql)\n  \"\"\"", in: path) }
    let store = "Sources/Academics/Store/CourseStore.swift"
    #expect(finds("SELECT id FROM directory_org WHERE id = 1", in: store))
    #expect(!finds("SELECT id FROM directory_org_live WHERE id = 1", in: store))
    #expect(finds("UPDATE directory_org_live SET code = 1", in: store))
    #expect(finds("INSERT INTO directory_org (id) VALUES (1)", in: store))
    #expect(finds("DELETE FROM directory_org", in: store))
    #expect(!finds("DELETE FROM academics_course", in: store))
    #expect(finds("school_id {id} REFERENCES directory_org (id)", in: store))
    #expect(
      !finds("school_id {id} REFERENCES directory_org (id)", in: "Sources/Academics/Store/AcademicsMigrations.swift"))
  }

  @Test func `what lies in the recycle bin is not read by accident`() {
    let schema = Schema(of: Checkout.swiftFiles.filter { !$0.isTest })
    #expect(schema.recorded.count >= 10)
    liveReads(schema).holds()

    let rule = liveReads(planted)
    #expect(rule.finds("let sql = \"SELECT id FROM directory_org\"", in: "Sources/Directory/Store/OrgStore.swift"))
    #expect(
      rule.finds("let sql = \"SELECT 1 FROM a JOIN directory_org AS o\"", in: "Sources/Directory/Store/OrgStore.swift"))
    #expect(
      !rule.finds("let sql = \"SELECT id FROM directory_org_live\"", in: "Sources/Directory/Store/OrgStore.swift"))
    #expect(
      !rule.finds(
        "let sql = \"CREATE VIEW x AS SELECT 1 FROM directory_org\"",
        in: "Sources/Directory/Store/DirectoryMigrations.swift"))
  }
}

private let planted = Schema(of: [
  SourceFile(
    path: "Sources/Directory/Store/DirectoryMigrations.swift",
    "let up = [\"CREATE TABLE directory_org (id {id})\", \"CREATE VIEW directory_org_live AS SELECT 1\"]")
])

private let speakers: Set<String> = ["Persistence", "SQLiteDriver", "PostgresDriver", "TestSupport"]

private let dialects = Rule(for: { file in
  !file.isTest && !speakers.contains(file.target) && !file.name.hasSuffix("+SQLite.swift")
    && !file.name.hasSuffix("+Postgres.swift")
}) { file in
  ["dialect ==", "dialect !=", "switch dialect", ".dialect {", "case .sqlite = "].flatMap(file.places).map {
    (file.text.line(of: $0), "write one statement for both engines, or a pair of files …+SQLite and …+Postgres")
  }
}

private let stray = Rule(for: { file in
  !file.isTest && (file.target == "HomeroomApp" || (slices.contains(file.target) && file.folder != "Store"))
}) { file in
  file.text.literals.filter { literal in
    let words = SQLWords(literal.text).words.map(\.text)
    switch words.first {
    case "SELECT", "WITH": return words.contains("FROM") || words.contains("AS")
    case "INSERT", "DELETE": return words.count > 1 && (words[1] == "INTO" || words[1] == "FROM")
    case "UPDATE": return words.contains("SET")
    case "CREATE", "DROP": return words.count > 1 && ["TABLE", "VIEW", "INDEX", "TRIGGER", "UNIQUE"].contains(words[1])
    default: return false
    }
  }.map { ($0.line, "SQL belongs in the Store of a slice") }
}

private let madeOfStrings = Rule(
  no: ["SQL(stringLiteral:", "MigrationText(", ".script("], "only Persistence and Record turn their own text into SQL",
  for: { !$0.isTest && !speakers.contains($0.target) && $0.target != "Record" })

private func ownership(_ schema: Schema) -> Rule {
  Rule(for: { !$0.isTest && $0.target != "Persistence" }) { file in
    file.text.literals.flatMap { literal in
      SQLWords(literal.text).uses(of: schema.objects).compactMap { use in
        guard let owner = Schema.owner(of: use.name), owner != file.target else { return nil }
        let line = literal.line + use.line
        if use.isWrite { return (line, "only \(owner) writes \(use.name)") }
        if schema.views.contains(use.name) { return nil }
        if use.verb == "REFERENCES", file.name.contains("Migrations") { return nil }
        return (line, "\(use.name) is \(owner)'s own: read one of its views")
      }
    }
  }
}

private func liveReads(_ schema: Schema) -> Rule {
  Rule(for: { !$0.isTest && !$0.name.contains("Migrations") }) { file in
    file.text.literals.flatMap { literal in
      SQLWords(literal.text).uses(of: schema.recorded).filter { ["FROM", "JOIN"].contains($0.verb) && !$0.isWrite }
        .map { (literal.line + $0.line, "read \($0.name)_live, or the recycle bin shows through") }
    }
  }
}
