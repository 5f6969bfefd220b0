import Directory
import Kernel
import Testing

@Suite struct `Cutting names into words` {
  @Test func `accents and case go, each word stands once`() {
    #expect(SearchWords.indexed(["Łukasz Wiśniewski", "Łukasz"]) == "lukasz wisniewski")
  }

  @Test func `an apostrophe cuts and does not cut`() {
    #expect(SearchWords.indexed(["Siobhán O'Brien"]) == "siobhan o brien obrien")
    #expect(SearchWords.indexed(["D’Arcy"]) == "d arcy darcy")
  }

  @Test func `a name without blanks is also known by its later characters`() {
    #expect(SearchWords.indexed(["王小明"]) == "王小明 小明 明")
    #expect(SearchWords.indexed(["박하은"]) == "박하은 하은 은")
  }

  @Test func `marks that are letters stay`() {
    #expect(SearchWords.indexed(["अनिका शर्मा"]) == "अनिका शर्मा")
  }

  @Test func `signs and quotes are no words`() {
    #expect(SearchWords.typed("\"' * ( ) - : ;").isEmpty)
    #expect(SearchWords.typed("o'neil-\"x\"") == ["o", "neil", "x"])
  }

  @Test func `at most six words of forty letters are looked for`() {
    #expect(SearchWords.typed("a b c d e f g h").count == 6)
    #expect(SearchWords.typed(String(repeating: "x", count: 60))[0].count == 40)
  }

  @Test(arguments: [("li", false), ("lis", true), ("王", true), ("7", false)])
  func `three letters tell enough, or one dense character`(word: String, tells: Bool) {
    #expect(SearchWords.isTelling(word) == tells)
  }

  @Test func `a family name sorts first, a single name sorts as it is`() {
    #expect(PersonDetails(givenName: "Ana", familyName: "Ñíguez").sortName == "niguez ana")
    #expect(PersonDetails(displayName: "Sukarno").sortName == "sukarno")
    #expect(
      PersonDetails(displayName: "Kim Seo-yeon", givenName: "Seo-yeon", familyName: "Kim").sortName == "kim seo-yeon")
  }

  @Test func `a display name is made of the parts where nobody gives one`() {
    #expect(PersonDetails(givenName: "Ana", middleName: "M.", familyName: "Ruiz").displayName == "Ana M. Ruiz")
  }
}

@Suite struct `Checking a person` {
  let today = SchoolDate(days: 20_000)

  func faults(_ details: PersonDetails) -> [String] {
    var validation = Validation()
    _ = details.checked(on: today, &validation)
    return validation.errors.map(\.pointer)
  }

  @Test func `a name is needed and has limits`() {
    #expect(faults(PersonDetails()) == ["/displayName"])
    #expect(faults(PersonDetails(displayName: String(repeating: "x", count: 200))) == [])
    #expect(faults(PersonDetails(displayName: String(repeating: "x", count: 201))) == ["/displayName"])
  }

  @Test func `nobody is born tomorrow or 131 years ago`() {
    #expect(faults(PersonDetails(displayName: "A", birthOn: today)) == [])
    #expect(faults(PersonDetails(displayName: "A", birthOn: today.adding(days: 1))) == ["/birthOn"])
    #expect(faults(PersonDetails(displayName: "A", birthOn: today.adding(years: -130))) == [])
    #expect(faults(PersonDetails(displayName: "A", birthOn: today.adding(years: -131))) == ["/birthOn"])
  }

  @Test func `all faults come at once`() {
    let hostile = PersonDetails(displayName: "a\u{0}b", givenName: "x\u{202E}y", birthOn: today.adding(days: 9))
    #expect(Set(faults(hostile)) == ["/displayName", "/givenName", "/birthOn"])
  }

  @Test func `text comes out trimmed and composed`() throws {
    let checked = try PersonDetails(displayName: "  Zoe\u{308}  ").checked(on: today)
    #expect(checked.displayName.unicodeScalars.map(\.value) == "Zo\u{EB}".unicodeScalars.map(\.value))
  }

  @Test(arguments: [("a@b.c", true), ("a@b", false), ("@b.c", false), ("a b@c.d", false), ("a@b@c.d", false)])
  func `an e-mail address looks like one`(address: String, passes: Bool) {
    var validation = Validation()
    _ = ContactPoint.checked(address, .email, at: "/email", &validation)
    #expect(validation.errors.isEmpty == passes)
  }

  @Test(arguments: [("12", false), ("123", true), ("+231 77 000 0000", true), ("none", false)])
  func `a telephone number has three digits or more`(number: String, passes: Bool) {
    var validation = Validation()
    _ = ContactPoint.checked(number, .phone, at: "/phone", &validation)
    #expect(validation.errors.isEmpty == passes)
  }
}
