extension ProblemGuide {
  static let requests: [Entry] = [
    Entry(
      "BAD_FORM", "The body of a form is damaged, or holds text that is not UTF-8.",
      "Go back, load the page again and send it once more. Nothing was saved."),
    Entry(
      "BAD_IDEMPOTENCY_KEY", "The Idempotency-Key is empty, too long, or has characters that cannot be seen.",
      "Use 1 to 128 visible ASCII characters; a random UUID does well."),
    Entry(
      "BAD_JSON", "The body is not JSON; the detail names the byte where reading stopped.",
      "Send one JSON object in UTF-8, without a comma after the last member."),
    Entry(
      "BAD_PARAMETER", "A query parameter has a value that it does not take.",
      "The detail says what is expected; /api/docs lists the parameters of each address."),
    Entry(
      "BAD_QUERY", "The part of the address after the question mark is damaged.",
      "Percent-encode names and values, and send at most 400 of them."),
    Entry(
      "BODY_TOO_LARGE", "The body is larger than this address takes.",
      "Send less at once; files go through an import, which takes more."),
    Entry(
      "CROSS_SITE", "The page of another site sent this change.",
      "Do it in Homeroom itself. A site of your own can be allowed with CORS_ORIGIN."),
    Entry("FORBIDDEN", "Your roles do not have the right that the detail names.", "Ask whoever manages accounts."),
    Entry(
      "IDEMPOTENCY_KEY_INVALID", "The Idempotency-Key is empty, too long, or has characters that cannot be seen.",
      "Use 1 to 128 visible ASCII characters; a random UUID does well."),
    Entry(
      "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key came with another body before.",
      "Make a new key for each new request, and repeat a key only with the very same body."),
    Entry(
      "METHOD_NOT_ALLOWED", "The address exists, but does not take this method.",
      "Use one of the methods in the Allow header."),
    Entry(
      "NOT_FOUND", "It is not there, it was deleted, or it is not open to you; all three look the same.",
      "Check the address or search for the record. Deleted records lie in the recycle bin."),
    Entry(
      "RATE_LIMIT_EXCEEDED", "More requests came from this account or address than it has for a minute.",
      "Wait as many seconds as Retry-After says. The RateLimit headers tell how much is left."),
    Entry(
      "REQUEST_UNDER_WAY", "The first request with this Idempotency-Key has not been answered yet.",
      "Look whether it took effect; then ask again with the same key."),
    Entry(
      "UNSUPPORTED_MEDIA_TYPE", "The body is of a type that this address does not read.",
      "Send application/json to the API; forms go as a browser sends them."),
    Entry(
      "VALIDATION_ERROR", "One or more values break a rule; errors names each with its pointer.",
      "Correct those values and send all of it again. Nothing was saved."),
    Entry(
      "VERSION_REQUIRED", "The change does not say which version of the record it is meant for.",
      "Send the ETag that you read as If-Match."),
    Entry(
      "VERSION_STALE", "Somebody saved the record after you read it.",
      "Compare your values with current, then send them with the newest version. Nothing was overwritten."),
  ]

  /// Codes of single values, in `errors`.
  static let values: [Entry] = [
    Entry(
      "BAD_CHARACTER", "The text has control characters, such as those that turn the direction of writing.",
      "Type the text again instead of pasting it."),
    Entry(
      "BAD_CRON", "The times of a schedule cannot be read, or never come.",
      "Write five fields as crontab does, such as 30 6 * * mon-fri; the detail names the field at fault."),
    Entry("BAD_DATE", "This is no date, or one that cannot be meant.", "Write the day as 2026-09-01."),
    Entry("BAD_DECIMAL", "This is no decimal.", "Write it as \"3.5\", in quotes in JSON, with at most four places."),
    Entry("BAD_EMAIL", "This is no e-mail address.", "Write it as name@example.org."),
    Entry("BAD_ID", "This is no identifier.", "Use the 36 characters that id has in an answer."),
    Entry("BAD_INSTANT", "This is no moment.", "Write it as 2026-09-01T08:00:00Z, in universal time."),
    Entry("BAD_LIST", "A list was expected, or it has too many values.", "Send a list, shorter if need be."),
    Entry("BAD_PHONE", "This is no telephone number.", "Write 3 to 20 digits, with the country in front: +231 77…"),
    Entry("BAD_TEXT", "Text was expected, or it is too long.", "Send text in quotes, shorter if need be."),
    Entry("NOT_AN_OBJECT", "A JSON object was expected here.", "Send { … } at this place."),
    Entry("NOT_A_NUMBER", "This is no number.", "Write digits only."),
    Entry("NOT_A_TRUTH_VALUE", "This is neither true nor false.", "Send true or false, without quotes."),
    Entry("NOT_TEXT", "Text was expected here.", "Put the value into quotes."),
    Entry("OUT_OF_RANGE", "The number lies outside what is possible here.", "The detail names the bounds."),
    Entry("REQUIRED", "The value is missing.", "Fill it in."),
    Entry("TOO_LONG", "The text is longer than this field takes.", "Shorten it to what the detail says."),
    Entry("TOO_MANY", "There are more values than this takes at once.", "Send fewer, in several requests."),
    Entry("TWICE", "The same thing is named twice.", "Keep one of the two."),
    Entry("UNKNOWN_FIELD", "The body has a member that does not exist.", "Check its spelling, or leave it out."),
    Entry("UNKNOWN_WORD", "The value is not one of the words this field knows.", "The detail lists the words."),
  ]
}
