import Kernel
import Persistence

extension WordSearch {
  /// The words are cut already, so they are lexemes as they stand; no parser and no dictionary comes between.
  var postgresCondition: SQL {
    let query = words.map { "'\($0)':*" }.joined(separator: " & ")
    return """
      array_to_tsvector(array_remove(string_to_array(\(index.words), ' '), '')) @@ CAST(\(query) AS tsquery)
      """
  }
}
