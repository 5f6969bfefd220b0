import Foundation
import Secrets
import Testing

@Suite struct `Sealing under the master key` {
  let key = MasterKey()

  @Test(arguments: [0, 1, 31, 32, 1000])
  func `what was sealed opens with the same context`(size: Int) throws {
    let plain = Randomness.bytes(size)
    let sealed = key.seal(plain, context: "signing-key:a")
    #expect(sealed.count == 1 + 24 + size + 16)
    #expect(try key.open(sealed, context: "signing-key:a") == plain)
  }

  @Test func `the same text seals differently each time`() {
    #expect(key.seal([1, 2, 3], context: "a") != key.seal([1, 2, 3], context: "a"))
  }

  @Test func `a change of any bit of any byte is found`() {
    let sealed = key.seal(Array("forty-two".utf8), context: "field")
    for index in sealed.indices {
      for bit in 0..<8 {
        var altered = sealed
        altered[index] ^= 1 << bit
        #expect(throws: SealProblem.self) { try key.open(altered, context: "field") }
      }
    }
  }

  @Test func `every truncation is found`() {
    let sealed = key.seal(Array("forty-two".utf8), context: "field")
    for count in sealed.indices {
      #expect(throws: SealProblem.self) { try key.open(Array(sealed.prefix(count)), context: "field") }
    }
    #expect(throws: SealProblem.refused) { try key.open(sealed + [0], context: "field") }
  }

  @Test func `another context, another key and another format are refused, each by name`() {
    let sealed = key.seal([7], context: "account:1")
    #expect(throws: SealProblem.refused) { try key.open(sealed, context: "account:2") }
    #expect(throws: SealProblem.refused) { try MasterKey().open(sealed, context: "account:1") }
    #expect(throws: SealProblem.unknownFormat(2)) { try key.open([2] + sealed.dropFirst(), context: "account:1") }
    #expect(throws: SealProblem.tooShort) { try key.open([], context: "account:1") }
  }

  @Test func `subkeys are the same for the same purpose and number only`() {
    #expect(key.subkey(for: "cookies") == key.subkey(for: "cookies"))
    #expect(key.subkey(for: "cookies") != key.subkey(for: "cursors"))
    #expect(key.subkey(for: "cookies") != key.subkey(for: "cookies", number: 2))
    #expect(key.subkey(for: "cookies") != MasterKey().subkey(for: "cookies"))
    #expect(key.subkey(for: "cookies").revealed.count == 32)
  }
}

@Suite struct `A master key from a setting` {
  @Test func `hexadecimal, base64 and base64 for addresses are the same key`() throws {
    let bytes = [UInt8](repeating: 0xfb, count: 32)
    let expected = try MasterKey(text: hexadecimal(bytes))
    #expect(try MasterKey(text: hexadecimal(bytes).uppercased() + "\n") == expected)
    #expect(try MasterKey(text: Data(bytes).base64EncodedString()) == expected)
    #expect(try MasterKey(text: Base64URL.encode(bytes)) == expected)
    #expect(expected != MasterKey())
  }

  @Test func `31 bytes are too few, 32 are enough, and 33 are not cut`() throws {
    #expect(throws: MasterKeyProblem.tooShort(bytes: 31)) {
      try MasterKey(text: Base64URL.encode([UInt8](repeating: 1, count: 31)))
    }
    let exact = try MasterKey(text: Base64URL.encode([UInt8](repeating: 1, count: 32)))
    let longer = try MasterKey(text: Base64URL.encode([UInt8](repeating: 1, count: 33)))
    #expect(exact != longer)
  }

  @Test(arguments: ["correct horse battery staple, said the cat.", "ß", String(repeating: "a", count: 64) + "!"])
  func `a phrase is no key`(text: String) {
    #expect(throws: MasterKeyProblem.unreadable) { try MasterKey(text: text) }
  }

  @Test func `nothing is too short`() {
    #expect(throws: MasterKeyProblem.tooShort(bytes: 0)) { try MasterKey(text: " \n") }
  }

  @Test func `printing a key or a fault shows no key`() throws {
    let text = Base64URL.encode([UInt8](repeating: 1, count: 32))
    #expect(!"\(try MasterKey(text: text))".contains("1"))
    #expect("\(MasterKeyProblem.tooShort(bytes: 31))".contains("openssl rand"))
  }
}

@Suite struct `A master key in the data folder` {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "homeroom-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  var path: String { folder.appending(path: "master.key").path }

  @Test func `is made at first, and the same afterwards`() throws {
    let first = try MasterKey.kept(inFile: path)
    #expect(try MasterKey.kept(inFile: path) == first)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["master.key"])
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `is one key for all who start together`() async throws {
    let path = path
    let keys = try await withThrowingTaskGroup(of: MasterKey.self) { group in
      for _ in 0..<20 { group.addTask { try MasterKey.kept(inFile: path) } }
      return try await group.reduce(into: [MasterKey]()) { $0.append($1) }
    }
    #expect(keys.allSatisfy { $0 == keys[0] })
    try FileManager.default.removeItem(at: folder)
  }

  @Test(arguments: [0o640, 0o604, 0o660, 0o644])
  func `is refused when others may read it, until that is cured`(mode: Int) throws {
    let key = try MasterKey.kept(inFile: path)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    #expect(throws: MasterKeyProblem.openToOthers(path: path, mode: UInt32(mode))) {
      try MasterKey.kept(inFile: path)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
    #expect(try MasterKey.kept(inFile: path) == key)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `is neither a link nor a folder, nor an empty file`() throws {
    let target = folder.appending(path: "elsewhere").path
    _ = try MasterKey.kept(inFile: target)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    #expect(throws: MasterKeyProblem.notAFile(path: path)) { try MasterKey.kept(inFile: path) }
    #expect(throws: MasterKeyProblem.notAFile(path: folder.path)) { try MasterKey.kept(inFile: folder.path) }
    let empty = folder.appending(path: "empty").path
    #expect(FileManager.default.createFile(atPath: empty, contents: nil, attributes: [.posixPermissions: 0o600]))
    #expect(throws: MasterKeyProblem.tooShort(bytes: 0)) { try MasterKey.kept(inFile: empty) }
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `is not made where there is no folder, and the reason is said`() {
    let path = folder.appending(path: "nowhere/master.key").path
    #expect(throws: MasterKeyProblem.refusedBySystem(path: path, reason: "No such file or directory")) {
      try MasterKey.kept(inFile: path)
    }
  }
}
