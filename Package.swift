// swift-tools-version:6.2
import PackageDescription

// The layout is explained in ARCHITECTURE.md. Arrows point down: app → slices → Web, Jobs → Record, Rights → Persistence → Kernel.

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// A target of our own, with the settings all of them share.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of one target; the test databases and builders come with them.
func tests(of name: String, _ more: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + more,
    swiftSettings: settings)
}

/// A C library of Debian's, found through pkg-config.
func system(_ name: String, _ pkgConfig: String, _ package: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let ground: [Target.Dependency] = ["Kernel", "Persistence", "Rights", "Record"]
let slice: [Target.Dependency] = ground + ["Jobs", "Markup", "Web"]

let targets: [Target] = [
  system("CPQ", "libpq", "libpq-dev"),
  system("CSodium", "libsodium", "libsodium-dev"),
  system("CZip", "libzip", "libzip-dev"),
  system("CZ", "zlib", "zlib1g-dev"),
  system("CJemalloc", "jemalloc", "libjemalloc-dev"),
  system("CCurl", "libcurl", "libcurl4-openssl-dev"),
  // Without pkg-config: it asks for a definition that SwiftPM refuses, and a 64-bit system needs none.
  .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),

  library("Kernel"),
  library("Persistence", ["Kernel"]),
  library("SQLiteDriver", ["Kernel", "Persistence", grdb]),
  library("PostgresDriver", ["Kernel", "Persistence", "CPQ"]),
  library("Markup"),
  library("Secrets", ["Kernel", "CSodium", jwt]),
  library("Archive", ["Kernel", "CZip", "CZ"]),
  library("Mail", ["Kernel", "CCurl"]),
  library("Redis", ["Kernel", "Persistence", "CHiredis"]),
  library("Rights", ["Kernel", "Persistence"]),
  library("Record", ["Kernel", "Persistence", "Rights"]),
  library("Jobs", ["Kernel", "Persistence", "Rights", "Record"]),
  library("Web", ["Kernel", "Rights", "Markup", "Archive", hummingbird, logging]),

  library("Outbox", slice + ["Mail"]),
  library("Accounts", slice + ["Secrets", "Outbox"]),
  library("Directory", slice),
  library("Academics", slice + ["Directory"]),
  library("Attendance", slice + ["Directory", "Academics"]),
  library("Interop", slice + ["Archive", "Directory", "Academics"]),
  library("Operations", slice + ["Secrets"]),
  library("Audiences", ground + ["Directory", "Academics"]),
  library("Messages", slice + ["Directory", "Audiences", "Outbox"]),
  library("Notices", slice + ["Audiences"]),

  library(
    "HomeroomApp",
    slice + [
      "SQLiteDriver", "PostgresDriver", "Secrets", "Archive", "Accounts", "Directory", "Academics", "Attendance",
      "Interop", "Operations", "Mail", "Redis", "Outbox", "Audiences", "Messages", "Notices", hummingbird, arguments,
      logging, lifecycle,
    ]),
  // jemalloc takes the place of malloc: a page is ten thousand small pieces of memory (docs/adr/0011).
  .executableTarget(name: "homeroom", dependencies: ["HomeroomApp", "CJemalloc"], swiftSettings: settings),

  .target(
    name: "TestSupport", dependencies: ["Kernel", "Persistence", "SQLiteDriver", "PostgresDriver"],
    path: "Tests/TestSupport", swiftSettings: settings),
  .target(
    name: "WebTestSupport", dependencies: ["Kernel", "Markup", "Rights", "Web"], path: "Tests/WebTestSupport",
    swiftSettings: settings),
  tests(of: "Kernel"),
  tests(of: "Persistence", ["SQLiteDriver", "PostgresDriver"]),
  tests(of: "Markup"),
  tests(of: "Secrets"),
  tests(of: "Archive"),
  tests(of: "Mail", ["CCurl"]),
  tests(of: "Redis"),
  tests(of: "Rights"),
  tests(of: "Record", ["Rights"]),
  tests(of: "Jobs", ["Record", "Rights"]),
  tests(of: "Web", ["Markup", "Rights", "WebTestSupport"]),
  tests(of: "Accounts", ["Directory", "Rights", "Record", "Secrets", "Jobs", "Outbox", "Mail", "WebTestSupport"]),
  tests(of: "Directory", ["Rights", "Record", "Jobs", "WebTestSupport"]),
  tests(of: "Academics", ["Directory", "Rights", "Record"]),
  tests(of: "Attendance", ["Directory", "Academics", "Rights", "Record", "WebTestSupport"]),
  tests(of: "Operations", ["Rights", "Record", "Jobs", "Markup", "Web", "WebTestSupport"]),
  tests(of: "Interop", ["Directory", "Academics", "Rights", "Record", "Archive", "WebTestSupport"]),
  tests(of: "Outbox", ["Rights", "Record", "Jobs", "Mail", "Markup"]),
  tests(of: "Audiences", ["Accounts", "Directory", "Academics", "Rights", "Record"]),
  tests(
    of: "Messages",
    [
      "Accounts", "Audiences", "Directory", "Academics", "Rights", "Record", "Jobs", "Outbox", "Web", "Markup",
      "WebTestSupport",
    ]),
  tests(
    of: "Notices",
    ["Accounts", "Audiences", "Directory", "Academics", "Rights", "Record", "Markup", "Web", "WebTestSupport"]),
  tests(
    of: "HomeroomApp",
    [
      "Accounts", "Directory", "Academics", "Attendance", "Audiences", "Interop", "Jobs", "Messages", "Notices", "Web",
      "Rights", "Record", "SQLiteDriver", "PostgresDriver", "Operations", "Redis", "WebTestSupport", arguments,
    ]),
  .testTarget(name: "TidyTests", swiftSettings: settings),
]

/// `HOMEROOM_ONLY=Interop,InteropTests swift test` builds those targets and what they need, and nothing else: for
/// working on one slice while its neighbours are being changed.
func asked(of targets: [Target]) -> [Target] {
  guard let names = Context.environment["HOMEROOM_ONLY"]?.split(separator: ",").map(String.init) else { return targets }
  var wanted = Set(names)
  for target in targets.reversed() where wanted.contains(target.name) {
    for dependency in target.dependencies {
      if case .byNameItem(let name, _) = dependency { wanted.insert(name) }
    }
  }
  return targets.filter { wanted.contains($0.name) }
}

let package = Package(
  name: "homeroom",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: asked(of: targets))
