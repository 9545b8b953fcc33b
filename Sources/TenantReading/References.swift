package import Diagnostics
internal import MailRecords
package import SourceText
package import TenantModel
package import Wording
internal import YAMLTree

/// The files of one compilation by the path that tenant.yaml gives them.
package struct ReferencedFiles: Sendable {
  private var ids: [String: SourceFileID] = [:]
  private var failures: [String: LocalizedText] = [:]

  package init() {}

  package mutating func add(_ path: String, _ id: SourceFileID) { ids[path] = id }

  package mutating func add(_ path: String, failure: LocalizedText) { failures[path] = failure }

  /// Whether the file has been fetched, with whatever success.
  package func isKnown(_ reference: FileReference) -> Bool {
    ids[reference.path] != nil || failures[reference.path] != nil
  }

  package func id(of reference: FileReference) -> SourceFileID? { ids[reference.path] }

  package func failure(of reference: FileReference) -> LocalizedText? { failures[reference.path] }
}

extension TenantReader {
  /// Reads what tenant.yaml refers to: adds the members of lists, and returns the DKIM keys, the
  /// policies of MTA-STS and what Exchange Online says of its signatures.
  /// Zones are read by `Observation`.
  package static func resolve(
    _ tenant: inout Tenant, references: [Located<FileReference>], files: ReferencedFiles,
    sources: SourceSet, into bag: inout DiagnosticBag
  ) -> KeyRing {
    let snapshots = tenant.domains.compactMap { domain in
      if case .snapshot(let reference) = domain.zone?.value { reference } else { nil }
    }
    for reference in references {
      if let failure = files.failure(of: reference.value) {
        bag.add(
          .unreadableReference(
            reference, failure, isSnapshot: snapshots.contains(reference.value)))
      }
    }
    for reference in tenant.gateway.importProfiles.flatMap(\.references) {
      guard let id = files.id(of: reference.value) else { continue }
      bag.add(contentsOf: ReferencedText.inAnyEncoding(sources[id], id: id))
    }
    for index in tenant.groups.indices {
      guard let reference = tenant.groups[index].membersFrom,
        let id = files.id(of: reference.value)
      else { continue }
      tenant.groups[index].members += MemberList.read(sources[id], id: id, into: &bag)
    }
    var ring = KeyRing()
    for domain in tenant.domains {
      for setting in domain.dkim {
        guard let reference = setting.publicKey, let id = files.id(of: reference.value) else {
          continue
        }
        do throws(DKIMKeyError) {
          ring.add(
            reference.value, try DKIMKey(parsing: sources[id].text(0..<sources[id].bytes.count)))
          bag.add(contentsOf: ReferencedText(sources[id], id: id).findings)
        } catch .privateKey {
          bag.add(.badKey(.privateKey, reference: reference))
        } catch {
          let found = ReferencedText(sources[id], id: id).findings
          bag.add(contentsOf: found)
          if found.isEmpty { bag.add(.badKey(error, reference: reference)) }
        }
      }
      if let reference = domain.mtaSTS?.current, let id = files.id(of: reference.value) {
        let found = ReferencedText(sources[id], id: id).findings
        bag.add(contentsOf: found)
        do throws(MTASTSPolicyError) {
          ring.add(reference.value, try MTASTSPolicy(parsing: sources[id].bytes))
        } catch {
          if found.isEmpty { bag.add(.badPolicy(error, reference: reference)) }
        }
      }
    }
    for server in tenant.mailServers {
      guard case .microsoft365(let settings) = server.kind, let reference = settings.dkimExport,
        let id = files.id(of: reference.value)
      else { continue }
      // The reader of YAML looks at the text as well, but not at one that is no text at all.
      let text = ReferencedText(sources[id], id: id)
      guard text.isText else {
        bag.add(contentsOf: text.findings)
        continue
      }
      let reader = ExchangeSigningReader(sources[id], id: id, reference: reference)
      bag.add(contentsOf: reader.findings)
      if reader.findings.isEmpty { ring.add(reference.value, reader.signings) }
    }
    return ring
  }
}

extension ImportProfile {
  fileprivate var references: [Located<FileReference>] { [sample] + exports.map(\.file) }
}

extension Diagnostic {
  fileprivate static func badKey(
    _ error: DKIMKeyError, reference: Located<FileReference>
  ) -> Diagnostic {
    let path = reference.value.path.excerpt()
    if error == .privateKey {
      return Diagnostic(
        .privateKey, at: reference.span,
        .init(ja: "「\(path)」に秘密鍵がある", en: "\"\(path)\" holds a private key"),
        help: .init(
          ja: "鍵を作り直し、公開鍵だけを置く", en: "make a new key, and keep only its public half here"))
    }
    let reason: LocalizedText =
      switch error {
      case .empty: .init(ja: "空", en: "it is empty")
      case .privateKey, .notAKey: .init(ja: "鍵ではない", en: "it is not a key")
      case .revoked: .init(ja: "p= が空(失効した鍵)", en: "p= is empty, which revokes a key")
      case .missingKey: .init(ja: "p= がない", en: "it has no p=")
      case .version: .init(ja: "v=DKIM1 でない", en: "it does not say v=DKIM1")
      case .notBase64: .init(ja: "Base64として読めない", en: "it is not base64")
      case .unsupportedAlgorithm: .init(ja: "RSAでもEd25519でもない", en: "it is neither RSA nor Ed25519")
      case .algorithmMismatch: .init(ja: "k= と鍵の種類が違う", en: "k= names another kind of key")
      }
    // No line of the file is shown: what is no public key may be the other half.
    return Diagnostic(
      .badKey, at: reference.span,
      .init(
        ja: "「\(path)」は公開鍵でない: \(reason.ja)", en: "\"\(path)\" is not a public key: \(reason.en)"),
      help: .init(
        ja: "DKIM鍵設定の画面に表示されたレコードをそのまま入れる",
        en: "put in the record just as the screen DKIM鍵設定 shows it"))
  }
}
