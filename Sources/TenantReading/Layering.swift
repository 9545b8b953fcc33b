internal import Diagnostics
internal import SourceText
package import TenantModel
package import YAMLTree

// A tenant over its reseller's standard. The documents are merged before they are decoded, so that
// nothing later knows of two files; only the places differ. YAML alone cannot tell a choice from a
// mapping, nor a list from `{ append: … }`, so the key table guides the merge.

/// What `extends` brings.
package enum Inheritance: Sendable {
  /// There is no `extends`.
  case none
  case standard(YAMLDocument)
  /// It could not be had, for which a finding has been made.
  case unavailable
}

extension Schema: LayerGuide {
  package func member(_ key: String) -> Schema? {
    guard case .object(let keys, _) = self else { return nil }
    return keys.first { $0.name == key }?.schema
  }

  package var isList: Bool { if case .list = self { true } else { false } }

  package var alternatives: [String] {
    if case .object(_, let exactlyOne) = self { exactlyOne } else { [] }
  }
}

extension TenantReader {
  private static let key = "extends"

  /// The value of `extends`, whatever it is.
  package static func extends(in document: YAMLDocument) -> YAMLNode? {
    document.root.members.first { $0.key.text() == key }?.value
  }

  /// The standard that `extends` names; nil where it names none. What is wrong is found by `read`.
  package static func standard(of document: YAMLDocument) -> StandardReference? {
    guard let node = extends(in: document) else { return nil }
    var decoder = Decoder(DiagnosticBag(), root: document.root.span)
    return decoder.value(of: node, standardReference)
  }

  /// The document with all that it inherits.
  static func layer(
    _ document: YAMLDocument, over inheritance: Inheritance, into bag: inout DiagnosticBag
  ) -> (document: YAMLDocument, isWhole: Bool) {
    let guide = tenantShape.schema
    switch inheritance {
    case .none: return (document, true)
    case .unavailable: return (document.layered(over: nil, guide: guide), false)
    case .standard(let standard):
      guard standard.root.kind == .mapping else {
        bag.add(.standardNotAMapping(standard.root))
        return (document.layered(over: nil, guide: guide), false)
      }
      judge(standard, of: document, into: &bag)
      return (document.layered(over: standard, guide: guide), true)
    }
  }

  /// What is wrong with a standard even where the tenant has a value of its own. All else is judged
  /// in the merged document: what a tenant replaces is nobody's setting.
  private static func judge(
    _ standard: YAMLDocument, of document: YAMLDocument, into bag: inout DiagnosticBag
  ) {
    let own = document.root.members.first { $0.key.text() == "version" }
    for (key, value) in standard.root.members {
      switch key.text() {
      case Self.key: bag.add(.standardExtends(key.span.union(value.span)))
      case "version":
        let isRead = value.kind == .scalar && value.isPlain && value.text() == "1"
        if let own, !isRead { bag.add(.standardVersion(value, own: own.value.span)) }
      default: break
      }
    }
  }
}

/// The path of a standard; the file is read by the edge.
let standardReference = text(.standard) { string -> Parsed<StandardReference> in
  do throws(StandardReference.Problem) {
    return .value(try StandardReference(string))
  } catch {
    return .refused(.standard(string, error))
  }
}
