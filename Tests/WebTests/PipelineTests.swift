import Kernel
import Synchronization
import Testing
import WebTestSupport

@testable import Web

@Suite struct `Every request` {
  @Test func `is answered with a request id and the security headers`() async {
    let answer = await pipeline().send("GET", "/livez")
    #expect(answer.status == 200 && answer.text == "OK")
    #expect(answer["X-Request-Id"]?.count == 36)
    #expect(answer["Content-Security-Policy"]?.contains("default-src 'none'") == true)
    #expect(answer["X-Content-Type-Options"] == "nosniff")
    #expect(answer["Strict-Transport-Security"] == nil)
  }

  @Test func `needs a caller, the right, and a way the address takes`() async {
    let pipeline = pipeline()
    #expect(await pipeline.send("GET", "/api/v1/things").status == 401)
    #expect(await pipeline.send("GET", "/api/v1/things", as: "nobody").status == 401)
    #expect(await pipeline.send("GET", "/api/v1/things", as: "bob").status == 403)
    #expect(await pipeline.send("GET", "/api/v1/things", as: "ada").status == 200)
    #expect(await pipeline.send("GET", "/api/v1/nothing", as: "ada").status == 404)
    let wrong = await pipeline.send("DELETE", "/api/v1/things", as: "ada")
    #expect(wrong.status == 405)
    #expect(wrong["Allow"] == "GET, POST, HEAD")
  }

  @Test func `answers under its aliases too`() async {
    #expect(await pipeline().send("GET", "/api/things/", as: "ada").status == 200)
    #expect(await pipeline().send("GET", "/api/things", as: "ada").status == 404)
  }

  @Test func `to HEAD is answered without a body`() async {
    let answer = await pipeline().send("HEAD", "/api/v1/things", as: "ada")
    #expect(answer.status == 200 && answer.text.isEmpty)
  }

  @Test func `of a stranger for a page leads to the sign-in and back`() async {
    let answer = await pipeline().send("GET", "/things?size=3")
    #expect(answer.status == 303)
    #expect(answer["Location"] == "/login?next=/things%3Fsize%3D3")
  }

  @Test func `is held until a given password has been changed`() async {
    #expect(await pipeline().send("GET", "/things", as: "new")["Location"] == "/account/password")
    let api = await pipeline().send("GET", "/api/v1/things", as: "new")
    #expect(api.status == 403 && api.json["code"]?.string == "PASSWORD_CHANGE_REQUIRED")
  }

  @Test func `that meets a fault of ours learns nothing of it`() async {
    let answer = await pipeline().send("GET", "/api/v1/broken", as: "bob")
    #expect(answer.status == 500)
    #expect(!answer.text.contains("secret"))
    #expect(answer.json["instance"]?.string == "urn:uuid:\(answer["X-Request-Id"] ?? "")")
  }

  @Test(arguments: [
    ("limit=0", 422), ("limit=201", 422), ("limit=x", 422), ("limit=200", 200), ("after=7", 422),
    ("q=12345678901", 422),
    ("q=%ff", 400), ("q=%zz", 400), ("q=a%00b", 422), ("count=yes", 422), ("other=1", 200),
  ])
  func `has its query checked`(query: String, status: Int) async {
    #expect(await pipeline().send("GET", "/api/v1/things?\(query)", as: "ada").status == status)
  }

  @Test(arguments: [
    ("{", 400, "BAD_JSON"), ("[]", 422, "VALIDATION_ERROR"), ("{\"name\":\"a\",\"name\":\"b\"}", 400, "BAD_JSON"),
    (#"{"name":"Chair","size":3,"version":1}"#, 201, ""),
  ])
  func `has its body checked`(body: String, status: Int, code: String) async {
    let answer = await pipeline().send("POST", "/api/v1/things", as: "ada", json: body)
    #expect(answer.status == status)
    #expect(answer.json["code"]?.string ?? "" == code)
  }

  @Test func `of the wrong kind or size is refused`() async {
    let text = await pipeline().send(
      "POST", "/api/v1/things", as: "ada", json: "x", headers: ["content-type": "text/plain"])
    #expect(text.status == 415)
    let deep = String(repeating: "[", count: 100)
    #expect(await pipeline().send("POST", "/api/v1/things", as: "ada", json: deep).status == 400)
    let large = String(repeating: " ", count: 1_000_001)
    #expect(await pipeline().send("POST", "/api/v1/things", as: "ada", json: large).status == 413)
  }

  @Test func `to change something names the version it read`() async {
    let pipeline = pipeline()
    func patch(_ tag: String?) async -> Outgoing {
      await pipeline.send(
        "PATCH", "/api/v1/things/1", as: "ada", json: #"{"name":"Stool"}"#, headers: tag.map { ["if-match": $0] } ?? [:]
      )
    }
    #expect(await patch(nil).status == 428)
    let stale = await patch("\"1\"")
    #expect(stale.status == 412 && stale.json["current"]?["version"]?.int == 2)
    #expect(await patch("nonsense").status == 412)
    let saved = await patch("\"2\"")
    #expect(saved.status == 200 && saved["ETag"] == "\"3\"" && saved.json["data"]?["name"]?.string == "Stool")
  }

  @Test(arguments: [
    (["sec-fetch-site": "same-origin"], 303), (["sec-fetch-site": "none"], 303),
    (["sec-fetch-site": "cross-site"], 403),
    (["sec-fetch-site": "same-site"], 403), (["origin": "https://school.example", "host": "school.example"], 303),
    (["origin": "https://evil.example", "host": "school.example"], 403),
    (["origin": "null", "host": "school.example"], 403),
    ([:], 303), (["origin": "https://friend.example", "sec-fetch-site": "cross-site"], 303),
  ])
  func `to change something comes from our own pages`(headers: [String: String], status: Int) async {
    let pipeline = pipeline(.init(origins: ["https://friend.example"]))
    let form = headers.merging(["content-type": "application/x-www-form-urlencoded"]) { $1 }
    let request = Incoming("POST", "/things", as: "ada", headers: form, body: Array("name=Chair".utf8))
    #expect(await pipeline.respond(to: request).status == status)
  }

  @Test func `beyond the quota is refused, and told when to come back`() async {
    let pipeline = pipeline()
    var last = await pipeline.send("POST", "/api/v1/things", as: "ada", json: "{}")
    #expect(last["RateLimit"] == "\"write\";r=599;t=1")
    for _ in 0..<600 { last = await pipeline.send("POST", "/api/v1/things", as: "ada", json: "{}") }
    #expect(last.status == 429 && last.json["code"]?.string == "RATE_LIMIT_EXCEEDED")
    #expect(last["Retry-After"] == "1")
    #expect(await pipeline.send("GET", "/api/v1/things", as: "ada").status == 200)
    #expect(await pipeline.send("GET", "/livez").status == 200)
  }

  @Test func `is compressed when it is long and the client can take it`() async {
    let plain = await pipeline().send("GET", "/things", as: "ada")
    #expect(plain["Content-Encoding"] == nil && plain["Vary"] == "Accept-Encoding")
    let packed = await pipeline().send("GET", "/things", as: "ada", headers: ["accept-encoding": "gzip, br"])
    #expect(packed["Content-Encoding"] == "gzip")
    #expect(await pipeline().send("GET", "/livez", headers: ["accept-encoding": "gzip"])["Content-Encoding"] == nil)
  }

  @Test func `shows what was done once`() async {
    let saved = await pipeline().send(
      "POST", "/things", as: "ada", form: [("name", "<b>Chair")])
    let cookie = String((saved["Set-Cookie"] ?? "").prefix { $0 != ";" })
    let next = await pipeline().send("GET", "/things", as: "ada", headers: ["cookie": cookie])
    #expect(next.text.contains("Saved &lt;b&gt;Chair."))
    #expect(next["Set-Cookie"]?.hasPrefix("flash=; ") == true)
  }
}

/// Keeps one answer in memory.
private final class OneAnswer: AnswerKeeper {
  let kept = Mutex<KeptAnswer?>(nil)
  let released = Mutex(0)

  func claim(_: String, route _: String, body _: [UInt8], by _: AccountID, at _: Instant) async throws -> KeptAnswer? {
    kept.withLock { $0 }
  }

  func keep(_ answer: KeptAnswer, for _: String, route _: String, by _: AccountID) async throws {
    kept.withLock { $0 = answer }
  }

  func release(_: String, route _: String, by _: AccountID) async throws { released.withLock { $0 += 1 } }
}

@Suite struct `An idempotency key` {
  @Test func `gives the first answer again, and is given back after a refusal`() async {
    let answers = OneAnswer()
    let pipeline = pipeline(answers: answers)
    let key = ["idempotency-key": "one"]
    #expect(await pipeline.send("POST", "/api/v1/things", as: "ada", json: "{", headers: key).status == 400)
    #expect(answers.released.withLock { $0 } == 1)
    let body = #"{"name":"Chair","size":3,"version":1}"#
    let first = await pipeline.send("POST", "/api/v1/things", as: "ada", json: body, headers: key)
    let second = await pipeline.send("POST", "/api/v1/things", as: "ada", json: "{", headers: key)
    #expect(first.status == 201 && second.status == 201 && first.text == second.text)
    #expect(second["Idempotency-Replayed"] == "true" && second["Location"] == "/api/v1/things/1")
    let odd = await pipeline.send("POST", "/api/v1/things", as: "ada", json: body, headers: ["idempotency-key": "a b"])
    #expect(odd.status == 400)
  }
}

@Suite struct `A form` {
  @Test func `is read with its repeated fields`() throws {
    let form = try FormFields(Array("a=1&a=2&b=x+y%26&c".utf8), contentType: "application/x-www-form-urlencoded")
    #expect(form.all("a") == ["1", "2"] && form["b"] == "x y&" && form["c"] == "" && form.filled("c") == nil)
  }

  @Test func `is read with its files`() throws {
    let body = [
      "--X", "Content-Disposition: form-data; name=\"title\"", "", "Roster", "--X",
      "Content-Disposition: form-data; name=\"file\"; filename=\"C:\\\\x\\..\\a.csv\"", "Content-Type: text/csv", "",
      "a,b\r\n1,2", "--X--", "",
    ].joined(separator: "\r\n")
    let form = try FormFields(Array(body.utf8), contentType: "multipart/form-data; boundary=X")
    #expect(form["title"] == "Roster")
    #expect(form.files.first?.name == "a.csv" && form.files.first?.bytes == Array("a,b\r\n1,2".utf8))
  }

  @Test(arguments: ["", "--X", "--X\r\n", "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nopen"])
  func `that is damaged is refused`(body: String) {
    #expect(throws: Problem.self) { try FormFields(Array(body.utf8), contentType: "multipart/form-data; boundary=X") }
  }
}

@Suite struct `The client's address` {
  @Test func `is believed from a trusted proxy only`() {
    let pipeline = pipeline(.init(trustedProxies: ["10.0.0.1"]))
    var incoming = Incoming(
      method: "GET", path: "/", headers: ["x-forwarded-for": "6.6.6.6, 7.7.7.7", "x-forwarded-proto": "https"],
      peer: "10.0.0.1")
    #expect(pipeline.forwarded(incoming).address == "7.7.7.7" && pipeline.forwarded(incoming).isSecure)
    incoming.peer = "10.0.0.2"
    #expect(pipeline.forwarded(incoming).address == "10.0.0.2" && !pipeline.forwarded(incoming).isSecure)
  }
}
