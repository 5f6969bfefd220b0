import Kernel
import Rights
import Secrets
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct `The door in a browser` {
  @Test(arguments: TestDatabase.engines)
  func `an empty installation is set up, signed into and left`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      var browser = Browser(world)
      #expect(await browser.get("/login").location == "/first-run")
      let short = await browser.post(
        "/first-run", ["name": "<b>Root</b>", "email": "root@d.example", "password": "short"])
      #expect(short.status == 422)
      #expect(short.text.contains("At least 15 characters") && short.text.contains("Use at least 15 characters"))
      #expect(short.text.contains("&lt;b&gt;Root&lt;/b&gt;") && !short.text.contains("<b>Root"))
      #expect(short.text.contains("<title>Error: "))
      let made = await browser.post(
        "/first-run", ["name": "Root", "email": "root@d.example", "password": World.password])
      #expect(made.status == 303 && made.location == "/")
      let account = await browser.get("/account")
      #expect(account.status == 200 && account.text.contains("root@d.example"))
      #expect(await browser.get("/first-run").location == "/login")
      let again = await browser.post(
        "/first-run", ["name": "Eve", "email": "eve@d.example", "password": World.password])
      #expect(again.location == "/login")
      let kept = browser.cookies
      #expect(await browser.post("/logout", [:]).location == "/login")
      #expect(browser.cookies["homeroom"] == nil)
      browser.cookies = kept
      #expect(await browser.get("/account").location == "/login?next=/account")
    }
  }

  @Test func `the cookies are out of reach of scripts and other sites`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var browser = Browser(world)
      let plain = await browser.post("/login", ["email": "ada", "password": World.password])
      #expect(plain.cookies.count == 2)
      for cookie in plain.cookies {
        #expect(cookie.contains("; Path=/; HttpOnly; SameSite=Lax") && !cookie.contains("Secure"))
      }
      #expect(plain.cookies.first?.hasPrefix("homeroom=") == true)
      #expect(plain.cookies.first?.contains("Max-Age") == false)
      browser = Browser(world)
      browser.isSecure = true
      let secure = await browser.post("/login", ["email": "ada", "password": World.password, "stay": "on"])
      #expect(
        secure.cookies.allSatisfy {
          $0.hasPrefix("__Host-homeroom") && $0.hasSuffix("; Secure") || $0.contains("; Secure; Max-Age=")
        })
      #expect(secure.cookies.first?.contains("Max-Age=604800") == true)
      #expect(await browser.get("/account").status == 200)
    }
  }

  @Test func `a wrong password keeps the name, says nothing more, and is slowed down`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var browser = Browser(world)
      let wrong = await browser.post("/login", ["email": "\"><script>", "password": "guess"])
      #expect(wrong.status == 401)
      #expect(wrong.text.contains("value=\"&quot;&gt;&lt;script&gt;\"") && !wrong.text.contains("guess"))
      for _ in 0..<10 { _ = await browser.post("/login", ["email": "ada", "password": "guess"]) }
      let slowed = await browser.post("/login", ["email": "ada", "password": World.password])
      #expect(slowed.status == 429 && slowed["Retry-After"] == "30")
      #expect(browser.cookies["homeroom"] == nil)
    }
  }

  @Test(arguments: [
    ("/admin/accounts?q=a", "/admin/accounts?q=a"), ("//evil.example", "/"), ("https://evil.example", "/"),
    ("/\\evil.example", "/"), ("/login?next=/login", "/"), ("", "/"),
  ]) func `after signing in one goes on to this site only`(next: String, location: String) async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var browser = Browser(world)
      let signed = await browser.post("/login", ["email": "ada", "password": World.password, "next": next])
      #expect(signed.location == location)
      // Signing in anew ends what was signed in before.
      let before = try #require(browser.cookies["homeroom"])
      _ = await browser.post("/login", ["email": "ada", "password": World.password])
      let old = try await world.service.identify(token: before, request: nil, at: world.clock.now())
      #expect(old == nil)
    }
  }

  @Test func `a password that others chose opens nothing but its own change`() async throws {
    try await World.with(.sqlite) { world in
      try await world.service.seedAdministrator(email: "root@d.example", password: "vq7-kite-lamp")
      var browser = Browser(world)
      let signed = await browser.post("/login", ["email": "root@d.example", "password": "vq7-kite-lamp"])
      #expect(signed.location == "/account/password")
      #expect(await browser.get("/admin/accounts").location == "/account/password")
      #expect(await browser.get("/account/password").text.contains("Choose a new password"))
      let wrong = await browser.post(
        "/account/password", ["currentPassword": "no", "newPassword": "nine purple bicycles"])
      #expect(wrong.status == 422 && wrong.text.contains("not your present password"))
      let changed = await browser.post(
        "/account/password", ["currentPassword": "vq7-kite-lamp", "newPassword": "nine purple bicycles"])
      #expect(changed.location == "/account")
      #expect(await browser.get("/admin/accounts").status == 200)
    }
  }

  @Test func `one sees where one is signed in, and signs devices out`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var (here, there) = (Browser(world), Browser(world))
      _ = await here.post("/login", ["email": "ada", "password": World.password])
      there.address = "198.51.100.7"
      _ = await there.post("/login", ["email": "ada", "password": World.password])
      let account = await here.get("/account")
      #expect(account.text.contains("198.51.100.7") && account.text.contains("this one"))
      #expect(await here.post("/account/other-sessions/ending", [:]).location == "/account")
      #expect(await there.get("/account").location == "/login?next=/account")
      #expect(await here.get("/account").status == 200)
    }
  }

  @Test func `pages look as one likes them, from the next page on`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var browser = Browser(world)
      _ = await browser.post("/login", ["email": "ada", "password": World.password])
      _ = await browser.post("/account/preferences", ["theme": "dark", "density": "compact", "language": "ar"])
      let account = await browser.get("/account")
      let root = account.text.prefix(400)
      #expect(root.contains("data-theme=\"dark\"") && root.contains("data-density=\"compact\""))
      #expect(root.contains("dir=\"rtl\"") && root.contains("lang=\"ar\"") && root.contains("data-shortcuts=\"off\""))
      let back = await browser.post("/account/theme", ["theme": "light", "return": "//evil.example"])
      #expect(back.location == "/")
      #expect(await browser.get("/account").text.prefix(400).contains("data-theme=\"light\""))
    }
  }

  @Test func `a link sets a password once and tells other sites nothing`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let link = try await world.service.recover("ada", by: .system("test"))
      let path = "/recover/\(link.token.text)"
      #expect(
        AccountsModule.address(of: link, publicURL: "https://school.example") == "https://school.example" + path)
      var browser = Browser(world)
      let page = await browser.get(path)
      #expect(page.status == 200 && page["Referrer-Policy"] == "no-referrer")
      #expect(await browser.post(path, ["newPassword": "short"]).status == 422)
      #expect(await browser.post(path, ["newPassword": "nine purple bicycles"]).location == "/login")
      #expect(await browser.get(path).status == 404)
      #expect(await browser.get("/recover/nonsense").status == 404)
      let signed = await browser.post("/login", ["email": "ada", "password": "nine purple bicycles"])
      #expect(signed.location == "/")
    }
  }
}

@Suite struct `The pages of an administrator` {
  private func administrator(_ world: World) async throws -> Browser {
    try await world.account("root", role: "administrator")
    var browser = Browser(world)
    _ = await browser.post("/login", ["email": "root", "password": World.password])
    return browser
  }

  @Test(arguments: TestDatabase.engines)
  func `make an account whose owner chooses the password, and manage it`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      var browser = try await administrator(world)
      let teacher = try await world.role("teacher").id
      let wrong = await browser.post("/admin/accounts", ["name": "", "email": "no address", "role": "\(teacher)"])
      #expect(wrong.status == 422 && wrong.text.contains("Enter an address"))
      let made = await browser.post(
        "/admin/accounts",
        ["name": "Ada <Byron>", "email": "ada@n.example", "role": "\(teacher)", "org": "\(world.north)"])
      #expect(made.status == 200 && made.text.contains("https://school.example/recover/"))
      #expect(made.text.contains("Ada &lt;Byron&gt;") && !made.text.contains("<Byron>"))
      let list = await browser.get("/admin/accounts?q=ada")
      #expect(list.text.contains("Teacher, N") && list.text.contains("Invited") && list.text.contains("1 account"))

      let found = try await world.service.list(search: "ada", actor: .system("test"))
      let id = try #require(found.items.first).account.id
      let page = await browser.get("/admin/accounts/\(id)")
      #expect(page.status == 200 && page.hidden("version") == "1")
      let given = await browser.post(
        "/admin/accounts/\(id)/roles", ["role": "\(teacher)", "org": "\(world.north)", "firstOn": "", "lastOn": ""])
      #expect(given.status == 409 && given.text.contains("has this role there"))
      let off = await browser.post("/admin/accounts/\(id)", ["version": "1", "state": "off"])
      #expect(off.location == "/admin/accounts/\(id)")
      let link = await browser.post("/admin/accounts/\(id)/password-link", [:])
      #expect(link.status == 200 && link.text.contains("/recover/"))
      let assignment = try #require(
        try await world.service.account(id, actor: .system("test")).roles.first
      ).assignment.id
      #expect(await browser.post("/admin/accounts/\(id)/roles/\(assignment)/ending", [:]).status == 303)
      #expect(await browser.get("/admin/accounts/\(id)").text.contains("No role yet"))
    }
  }

  @Test func `roles are a table one edits, and two who edit at once see both versions`() async throws {
    try await World.with(.sqlite) { world in
      var browser = try await administrator(world)
      let librarian = try await world.role("librarian")
      let page = await browser.get("/admin/roles/\(librarian.id)")
      #expect(page.text.contains("name=\"students.view\"") && page.text.contains("Where the role is given"))
      let saved = await browser.post(
        "/admin/roles/\(librarian.id)", ["version": "1", "name": "Librarian", "about": "", "students.view": "all"])
      #expect(saved.location == "/admin/roles")
      let stale = await browser.post(
        "/admin/roles/\(librarian.id)", ["version": "1", "name": "Library", "about": "", "students.view": "school"])
      #expect(stale.status == 409 && stale.text.contains("Yours") && stale.text.contains("Saved meanwhile"))
      #expect(stale.hidden("version") == "2")
      let bad = await browser.post("/admin/roles", ["name": "", "students.view": "all"])
      #expect(bad.status == 422 && bad.text.contains("Enter the name."))
      let fixed = try await world.role("administrator")
      #expect(await browser.get("/admin/roles/\(fixed.id)").text.contains("This role is fixed."))
      let refused = await browser.post("/admin/roles/\(fixed.id)", ["version": "1", "name": "X"])
      #expect(refused.status == 409)
      #expect(await browser.post("/admin/roles/\(librarian.id)/deletion", ["version": "2"]).location == "/admin/roles")
      #expect(await browser.get("/admin/roles/\(librarian.id)").status == 404)
      #expect(await browser.get("/admin/roles").text.contains("Office assistant"))
    }
  }

  @Test func `are closed to those without the right`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var browser = Browser(world)
      _ = await browser.post("/login", ["email": "ada", "password": World.password])
      for path in ["/admin/accounts", "/admin/accounts/new", "/admin/roles", "/admin/roles/new"] {
        #expect(await browser.get(path).status == 403)
      }
      #expect(await browser.post("/admin/roles", ["name": "Queen"]).status == 403)
    }
  }
}
