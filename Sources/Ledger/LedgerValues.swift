internal import SourceText
internal import Wording
internal import YAMLTree

/// What only the lock and the journal have.
extension StrictReader {
  /// A SHA-256 in lower-case hexadecimal.
  mutating func digest(_ node: YAMLNode) -> String? {
    guard let text = string(node) else { return nil }
    guard Digest.isSHA256(text) else {
      refuse(
        node,
        .init(
          ja: "SHA-256 は小文字の16進64桁", en: "a SHA-256 is 64 lower-case hexadecimal digits"))
      return nil
    }
    return text
  }

  /// A digest or `null`; the outer nil is a finding.
  mutating func optionalDigest(_ node: YAMLNode) -> String?? {
    if node.kind == .scalar, node.isPlain, node.text() == "null" { return .some(nil) }
    return digest(node).map { .some($0) }
  }

  /// A path beneath `out/`.
  mutating func path(_ node: YAMLNode) -> RelativePath? {
    guard let text = string(node) else { return nil }
    guard let path = RelativePath(text) else {
      let excerpt = text.excerpt()
      refuse(
        node,
        .init(
          ja: "「\(excerpt)」は out/ の下の相対パスではない",
          en: "\"\(excerpt)\" is not a relative path beneath out/"))
      return nil
    }
    return path
  }
}
