internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// DKIM keys that go out of use.
  static let keyRetirement = Rule([
    .lastKeyRetires, .successorUnknown, .retiredKeyGone, .retiredAlias, .retiredOtherKey,
    .signUntilAlone,
  ]) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for domain in input.tenant.domains where domain.role != .parked {
      for setting in domain.dkim where !setting.isRetiring {
        guard let time = setting.signsUntil else { continue }
        bag.add(
          Diagnostic(
            .signUntilAlone, at: time.span,
            .init(
              ja: "retire: true がないので、signUntil に効果がない",
              en: "signUntil has no effect without retire: true"),
            help: .init(
              ja: "使用をやめる方のセレクターに、retire: true と一緒に書く",
              en: "write it with retire: true, at the selector that goes out of use"),
            fixes: [.removeKey("signUntil", holding: time.span)]))
      }
      let retiring = domain.dkim.filter(\.isRetiring)
      guard let first = retiring.first else { continue }
      let staying = domain.dkim.filter { !$0.isRetiring }
      if let next = staying.first {
        // A file that could not be read is a finding already.
        if staying.allSatisfy({ $0.publicKey == nil }) {
          bag.add(
            Diagnostic(
              .successorUnknown, at: first.selector.span,
              .init(
                ja: "セレクター「\(first.selector.value)」の代わりの鍵がまだ決まっていない",
                en:
                  "the key in place of the selector \"\(first.selector.value)\" is not known yet"),
              help: .init(
                ja: "新しい鍵のpublicKeyを書くと、署名の切替と、古い鍵を消す作業が加わる",
                en:
                  "with the publicKey of the new one, the change of signing and the removal of the old one are added"
              ),
              labels: [
                .init(next.selector.span, .init(ja: "代わりの鍵はここ", en: "the key in its place"))
              ]))
        }
      } else {
        bag.add(
          Diagnostic(
            .lastKeyRetires, at: first.selector.span,
            .init(
              ja: "セレクター「\(first.selector.value)」をやめると、署名する鍵がなくなる",
              en: "without the selector \"\(first.selector.value)\" no key is left to sign with"),
            help: .init(
              ja: "新しいセレクターを並べて書く。DKIMをやめるのなら、retire を消して提供元に相談する",
              en:
                "write the new selector beside it; to give DKIM up, remove retire and ask the vendor"
            )
          ))
      }
      guard let zone = KnownZone(domain, input) else { continue }
      for setting in retiring { setting.judgeRetirement(zone, input, into: &bag) }
    }
  }

  /// When signing changes, against the time that a new key takes to reach all resolvers.
  static let signingTime = Rule([.hastySigning]) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for domain in input.tenant.domains where domain.role != .parked {
      guard let time = domain.dkim.lazy.filter(\.isRetiring).compactMap(\.signsUntil).first,
        let zone = KnownZone(domain, input)
      else { continue }
      let wait = max(zone.contents.negativeTTL.map { Int($0.seconds) } ?? 0, 86400)
      guard time.value.seconds - input.now.seconds < wait else { continue }
      for setting in domain.dkim where !setting.isRetiring {
        let owner = setting.selector.value.text + "._domainkey"
        guard zone.knows(owner, .txt), zone.set(owner, .txt) == nil else { continue }
        bag.add(
          Diagnostic(
            .hastySigning, at: time.span,
            .init(
              ja: "署名に使う新しい鍵「\(owner.excerpt())」が、まだゾーンにない",
              en: "the new key at \"\(owner.excerpt())\" is not in the zone yet"),
            help: .init(
              ja: "公開してから\(wait)秒以上が過ぎた日時にする",
              en: "choose a time \(wait) seconds or more after it is published"),
            labels: [.init(setting.selector.span, .init(ja: "新しい鍵はここ", en: "the new key"))]))
        break
      }
    }
  }

  /// Keys in the zone that look like MailGates' and that tenant.yaml does not name.
  static let unnamedKeys = Rule([.unnamedKey]) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for zone in input.knownZones where zone.domain.role != .parked && !zone.domain.dkim.isEmpty {
      let named = Set(zone.domain.dkim.map(\.selector.value.text))
      for set in zone.contents.sets where set.type == .txt {
        guard let selector = set.owner.usualSelector, !named.contains(selector),
          zone.contents.texts(at: set.owner.relative).contains(where: {
            (try? DKIMKey(parsing: $0)) != nil
          })
        else { continue }
        bag.add(
          Diagnostic(
            .unnamedKey, at: zone.span(set.owner.relative, .txt),
            .init(
              ja: "「\(set.owner.relative.excerpt())」にMailGatesのものらしい鍵があり、tenant.yamlにない",
              en:
                "\"\(set.owner.relative.excerpt())\" has a key that looks like MailGates', and tenant.yaml does not name it"
            ),
            help: .init(
              ja: "使っていない鍵なら dkim に retire: true を付けて加える。書かれていない鍵は、mgcは消さない",
              en:
                "if it is out of use, add it to dkim with retire: true; mgc removes no key that is not written there"
            ), labels: [.domain(zone.domain.name.span)]))
      }
    }
  }
}

extension OwnerName {
  /// The selector, where it is the vendor's usual one with or without a number.
  fileprivate var usualSelector: String? {
    guard relative.hasSuffix("._domainkey") else { return nil }
    let selector = relative.dropLast("._domainkey".utf8.count)
    let usual = Catalogue.dkimSelector.value
    guard selector.hasPrefix(usual),
      selector.dropFirst(usual.count).allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return String(selector)
  }
}

extension DKIMSettings {
  /// What the zone has of a key that goes out of use.
  fileprivate func judgeRetirement(
    _ zone: KnownZone, _ input: RuleInput, into bag: inout DiagnosticBag
  ) {
    let owner = selector.value.text + "._domainkey"
    if zone.set(owner, .cname) != nil {
      bag.add(
        Diagnostic(
          .retiredAlias, at: selector.span,
          .init(
            ja: "「\(owner.excerpt())」はCNAMEで、消すべき鍵かどうか分からない",
            en: "\"\(owner.excerpt())\" is a CNAME, and nobody knows whether its key should go"),
          help: .init(
            ja: "別のサービスの鍵なら、この項目を消す。MailGatesの鍵なら、CNAMEを置いた人に確かめて手で消す",
            en:
              "if it is another service's key, remove this entry; if it is MailGates', ask whoever made the CNAME and remove it by hand"
          ),
          labels: [.init(zone.span(owner, .cname), .init(ja: "CNAMEはここ", en: "the CNAME"))]))
      return
    }
    guard zone.knows(owner, .txt) else { return }
    guard let set = zone.set(owner, .txt) else {
      bag.add(
        Diagnostic(
          .retiredKeyGone, at: selector.span,
          .init(
            ja: "使用をやめる鍵「\(owner.excerpt())」が、ゾーンにない",
            en: "the zone has nothing at \"\(owner.excerpt())\", which goes out of use"),
          help: .init(
            ja: "消し終えたのなら、この項目を取り除く。そうでなければ、セレクターの綴りを確かめる",
            en:
              "if it has been removed, take this entry out; else see whether the selector is right"),
          fixes: [.removeItem(of: selector.span)]))
      return
    }
    guard let reference = publicKey, let key = input.keys[reference.value],
      !set.data.contains(where: { $0.holds(key) })
    else { return }
    bag.add(
      Diagnostic(
        .retiredOtherKey, at: reference.span,
        .init(
          ja: "「\(owner.excerpt())」にあるのは、このファイルとは別の鍵",
          en: "the key at \"\(owner.excerpt())\" is another one than that of this file"),
        help: .init(
          ja: "ファイルの取り違えでないか確かめる。今の鍵を消してよいなら、publicKey を消す",
          en:
            "see whether the wrong file is named; where the key of today is the one to go, remove publicKey"
        ),
        labels: [.init(zone.span(owner, .txt), .init(ja: "今の鍵", en: "the key of today"))]))
  }
}
