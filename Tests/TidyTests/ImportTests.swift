import Testing

@Suite struct `What a file may import` {
  @Test func `a target imports only what the manifest gives it`() throws {
    let manifest = try #require(Manifest(Checkout.text(of: "Package.swift") ?? ""))
    let rule = arrows(of: manifest)
    rule.holds()
    #expect(rule.finds("import Web", in: "Sources/Kernel/ID.swift"))
    #expect(rule.finds("public import Attendance", in: "Sources/Directory/Service/DirectoryService.swift"))
    #expect(!rule.finds("import Kernel\nimport Foundation", in: "Sources/Directory/Service/DirectoryService.swift"))
  }

  @Test func `nothing below the slices knows a slice, and only the app knows the drivers`() throws {
    let manifest = try #require(Manifest(Checkout.text(of: "Package.swift") ?? ""))
    #expect(manifest.upwardArrows == [])
    let planted = try #require(
      Manifest("library(\"Web\", [\"Kernel\", \"Directory\"]), library(\"Directory\", [\"SQLiteDriver\"]),"))
    #expect(planted.upwardArrows == ["Directory → SQLiteDriver", "Web → Directory"])
  }

  @Test func `a library of others enters through one target`() {
    outside.holds()
    #expect(outside.finds("import GRDB", in: "Sources/Record/Record.swift"))
    #expect(outside.finds("import struct GRDB.Row", in: "Sources/Record/Record.swift"))
    #expect(!outside.finds("import GRDB", in: "Sources/SQLiteDriver/SQLiteDatabase.swift"))
    #expect(outside.finds("import Hummingbird", in: "Sources/Web/Endpoint/Call.swift"))
    #expect(!outside.finds("import Hummingbird", in: "Sources/Web/Server/Responder.swift"))
    #expect(outside.finds("import FoundationNetworking", in: "Sources/HomeroomApp/Homeroom.swift"))
  }

  @Test func `the folders of a slice keep to their part of the work`() {
    folders.holds()
    #expect(folders.finds("import Persistence", in: "Sources/Academics/Domain/Course.swift"))
    #expect(!folders.finds("import Persistence", in: "Sources/Academics/Store/CourseStore.swift"))
    #expect(folders.finds("import Web", in: "Sources/Academics/Service/AcademicsService.swift"))
    #expect(!folders.finds("import Web", in: "Sources/Academics/Web/CoursePages.swift"))
    #expect(folders.finds("public import Persistence", in: "Sources/Academics/Web/CoursePages.swift"))
    #expect(folders.finds("import Markup", in: "Sources/Interop/Jobs/ApplyImport.swift"))
    #expect(!folders.finds("import Persistence", in: "Sources/Academics/AcademicsModule.swift"))
  }

  @Test func `a slice has no folders but the five`() {
    fiveFolders.holds()
    #expect(fiveFolders.finds("", in: "Sources/Academics/Support/Odds.swift"))
    #expect(!fiveFolders.finds("", in: "Sources/Academics/Web/CoursePages.swift"))
    #expect(!fiveFolders.finds("", in: "Sources/Web/Components/Badge.swift"))
  }
}

/// The slices, each the owner of the tables whose names begin with its prefix.
let slices: Set<String> = [
  "Accounts", "Directory", "Academics", "Attendance", "Interop", "Operations", "Outbox", "Audiences", "Messages",
  "Notices",
]

/// What each folder of a slice leaves to others.
private let forbidden: [String: Set<String>] = [
  "Domain": ["Persistence", "Record", "Jobs", "Web", "Markup", "Secrets"],
  "Store": ["Web", "Markup", "Jobs"],
  "Service": ["Web", "Markup"],
  "Jobs": ["Web", "Markup"],
  "Web": ["Persistence"],
]

private let folders = Rule(for: { slices.contains($0.target) && !$0.isTest }) { file in
  file.imports.filter { forbidden[file.folder]?.contains($0.module) == true }.map {
    ($0.line, "\(file.folder) does without \($0.module); see the table in ARCHITECTURE.md")
  }
}

private let fiveFolders = Rule(for: { slices.contains($0.target) && !$0.isTest }) { file in
  file.folder.isEmpty || forbidden[file.folder] != nil
    ? [] : [(1, "a slice has Domain, Store, Service, Jobs and Web, and no \(file.folder)")]
}

/// Libraries of others, with the paths that may import them.
private let gates: [String: [String]] = [
  "GRDB": ["Sources/SQLiteDriver/"],
  "GRDBSQLite": ["Sources/SQLiteDriver/"],
  "CPQ": ["Sources/PostgresDriver/"],
  "CHiredis": ["Sources/Redis/"],
  "CSodium": ["Sources/Secrets/"],
  "JWTKit": ["Sources/Secrets/"],
  "CZip": ["Sources/Archive/"],
  "CZ": ["Sources/Archive/"],
  "Hummingbird": ["Sources/Web/Server/", "Sources/HomeroomApp/"],
  "HTTPTypes": ["Sources/Web/Server/", "Sources/HomeroomApp/"],
  "NIOCore": ["Sources/Web/Server/", "Sources/HomeroomApp/"],
  "ArgumentParser": ["Sources/HomeroomApp/"],
  "ServiceLifecycle": ["Sources/HomeroomApp/"],
  "FoundationNetworking": [],
]

private let outside = Rule(for: { !$0.isTest }) { file in
  file.imports.filter { gates[$0.module]?.contains(where: file.path.hasPrefix) == false }.map {
    ($0.line, "\($0.module) enters elsewhere: \(gates[$0.module]?.joined(separator: ", ") ?? "")")
  }
}

private func arrows(of manifest: Manifest) -> Rule {
  Rule(for: { !$0.isTest }) { file in
    guard let given = manifest.dependencies[file.target] else {
      return [(1, "Package.swift does not list \(file.target)")]
    }
    return file.imports.filter { manifest.dependencies[$0.module] != nil && !given.contains($0.module) }.map {
      ($0.line, "Package.swift gives \(file.target) no \($0.module)")
    }
  }
}
