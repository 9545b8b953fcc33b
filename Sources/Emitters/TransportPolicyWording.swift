internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What the runbook says of the work on the policies of MTA-STS (RFC 8461).
struct TransportPolicyWording {
  private let procedure: Procedure

  init(_ procedure: Procedure) { self.procedure = procedure }

  /// The work before the cutover.
  var before: [Phrase] {
    let stages = procedure.transportPolicies(\.before)
    return stages.map { serving($0.domain) } + requirements + publishing
      + stages.compactMap { unknown($0.domain) } + stages.compactMap { wait($0.domain) }
  }

  /// The work after it.
  var after: [Phrase] {
    let first: [Phrase] = [
      .init(
        ja: "切替後のMXに、外部からのメールが届いていることを確かめる",
        en: "See that mail from outside arrives by the new MX")
    ]
    return first + procedure.transportPolicies(\.after).map { serving($0.domain) } + publishing
  }

  /// The customer's web host serves the policy, never MailGates.
  private func serving(_ domain: DomainChanges) -> Phrase {
    let name = domain.domain.name.value
    let address = "https://mta-sts.\(name.ascii)/.well-known/mta-sts.txt"
    return .init(
      ja:
        "\(.domain(name)): お客様のウェブサーバーで、ポリシーのファイル(\(code: name.ascii + ".txt"))を \(code: address) として公開する",
      en:
        "\(.domain(name)): serve the file of the policy (\(code: name.ascii + ".txt")) from your own web host at \(code: address)"
    )
  }

  private var requirements: [Phrase] {
    [
      .init(
        ja: "公開には、そのホスト名の有効な証明書が要る。種類は \(code: "text/plain")、改行はCRLFのまま、転送(リダイレクト)はしない",
        en:
          "It takes a valid certificate for that very host; the type is \(code: "text/plain"), lines end in CRLF as in the file, and there is no redirect"
      )
    ]
  }

  private var publishing: [Phrase] {
    [
      .init(
        ja: "ファイルが読めることを確かめてから、\(code: MTASTSRecord.owner) のTXTを新しいidに変える(順序を逆にしない)",
        en:
          "When the file can be read, change the TXT record at \(code: MTASTSRecord.owner) to the new id, never the other way round"
      )
    ]
  }

  /// Where nobody knows the MX of today, its policy cannot name it.
  private func unknown(_ domain: DomainChanges) -> Phrase? {
    guard !domain.areExchangersKnown, domain.transportPolicy?.current == nil else { return nil }
    let name = Prose.domain(domain.domain.name.value)
    return .init(
      ja:
        "\(name): 今のMXがmgcには分からないため、このポリシーは \(code: "mode: testing") で、拒否は起きない。ゾーンか今のポリシーをtenant.yamlに書けば、新旧のMXを並べたものになる",
      en:
        "\(name): mgc does not know the MX of today, so this policy says \(code: "mode: testing") and nothing is refused; with the zone or the policy of today in tenant.yaml it names the old and the new MX"
    )
  }

  private func wait(_ domain: DomainChanges) -> Phrase? {
    let name = Prose.domain(domain.domain.name.value)
    switch domain.transportPolicy?.heldFor {
    case 0: return nil
    case let seconds?:
      return .init(
        ja: "\(name): MXを切り替えるまでに\(seconds)秒(今のポリシーの max_age)以上あける",
        en:
          "\(name): leave \(seconds) seconds or more, the max_age of the policy of today, before the MX changes"
      )
    case nil:
      return .init(
        ja: "\(name): 今のポリシーがあれば、その \(code: "max_age") を調べ、MXを切り替えるまでにその秒数以上あける",
        en:
          "\(name): if there is a policy today, look its \(code: "max_age") up, and leave as many seconds or more before the MX changes"
      )
    }
  }
}
