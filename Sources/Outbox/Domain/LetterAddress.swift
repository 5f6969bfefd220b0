import Kernel
import Mail

/// Where a letter goes, checked: a mail address, or a telephone number in its international form.
enum LetterAddress {
  /// The address as it is kept; notes what is wrong with it.
  static func read(
    _ text: String, for channel: LetterChannel, at pointer: String, _ validation: inout Validation
  ) -> String {
    let address = text.trimmingBlanks
    switch channel {
    case .mail:
      validation.check(
        MailAddress(address) != nil, pointer, "BAD_EMAIL",
        "Enter one address such as ada@school.example, in plain Latin letters.")
      return address
    case .sms:
      let digits = address.filter { !" -()./".contains($0) }
      let isNumber =
        digits.hasPrefix("+") && (8...16).contains(digits.utf8.count)
        && digits.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }
      validation.check(
        isNumber, pointer, "BAD_PHONE", "Enter a number with its country, such as +231 77 123 4567.")
      return digits
    }
  }
}

extension String {
  /// Without blanks at its ends; line breaks stay, for they are no typing mistake in an address.
  var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
