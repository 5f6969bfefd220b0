import Kernel
import Testing

@testable import Web

@Suite struct `A shape` {
  @Test func `writes and reads the same value`() throws {
    let thing = Thing(name: "Ada \"Countess\" \u{1}", size: 7, note: "two\nlines", version: 4)
    let text = Thing.shape.text(of: thing)
    #expect(text == #"{"name":"Ada \"Countess\" \u0001","size":7,"note":"two\nlines","version":4}"#)
    let plain = Thing(name: "Ünïcode 文", size: 1, note: nil, version: 1)
    #expect(try Thing.shape.read(JSON(parsing: Thing.shape.text(of: plain))) == plain)
  }

  @Test func `tells all faults together, each at its place`() throws {
    let json = try JSON(parsing: #"{"name":"","size":11,"note":7,"version":1,"a/b":0}"#)
    let problem = try #require(throws: Problem.self) { try Thing.shape.read(json) }
    #expect(problem.status == 422)
    #expect(problem.errors.map(\.pointer) == ["/name", "/size", "/note", "/a~1b"])
    #expect(problem.errors.map(\.code) == ["REQUIRED", "OUT_OF_RANGE", "NOT_TEXT", "UNKNOWN_FIELD"])
  }

  @Test(arguments: [("1", true), ("10", true), ("0", false), ("11", false), ("1.5", false), ("\"3\"", false)])
  func `keeps numbers within bounds`(size: String, isFine: Bool) throws {
    let json = try JSON(parsing: "{\"name\":\"Chair\",\"size\":\(size),\"version\":1}")
    #expect(((try? Thing.shape.read(json)) != nil) == isFine)  // whether it reads at all is the question
  }

  @Test func `refuses control characters and keeps text in NFC`() throws {
    #expect(throws: Problem.self) {
      try Thing.shape.read(JSON(parsing: #"{"name":"a\u0000b","size":1,"version":1}"#))
    }
    let read = try Thing.shape.read(JSON(parsing: "{\"name\":\" e\u{301} \",\"size\":1,\"version\":1}"))
    #expect(read.name.unicodeScalars.map(\.value) == [0xE9])
  }

  @Test func `tells keeping, setting and clearing apart in a patch`() throws {
    let kept = try ThingPatch.shape.read(JSON(parsing: "{}"))
    #expect(!kept.name.isGiven && !kept.note.isGiven)
    let cleared = try ThingPatch.shape.read(JSON(parsing: #"{"note":null,"name":"Stool"}"#))
    #expect(cleared.note.isGiven && cleared.note.applied(to: "old" as String?) == nil)
    #expect(cleared.name.applied(to: "Chair") == "Stool")
    #expect(throws: Problem.self) { try ThingPatch.shape.read(JSON(parsing: #"{"name":null}"#)) }
  }

  @Test func `describes itself as JSON Schema`() {
    var schemas: [String: JSON] = [:]
    Thing.shape.describe(into: &schemas)
    #expect(schemas["Thing"]?["required"] == .array(["name", "size", "version"].map(JSON.string)))
    #expect(schemas["Thing"]?["properties"]?["size"]?["maximum"]?.int == 10)
    #expect(schemas["Thing"]?["properties"]?["note"]?["type"] == .array([.string("string"), .string("null")]))
  }
}
