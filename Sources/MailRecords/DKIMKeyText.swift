/// Finds the key in what people paste: PEM, a record's text, or a line of a zone file.
enum DKIMKeyText {
  static func read(_ text: String) throws(DKIMKeyError) -> DKIMKey { throw .notAKey }
}
