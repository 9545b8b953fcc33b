internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Entries that a list of a narrower scope contradicts as a whole.
  static let listPrecedence = Rule([.overruledEntry]) { input, bag in
    let lists = input.tenant.settings.lists?.value ?? []
    var senders = NarrowEntries<AddressPattern>()
    var addresses = NarrowEntries<IPPrefix>()
    for (index, list) in lists.enumerated() where list.scope.rank > 0 {
      senders.add(list.allowSenders.map(\.comparable), index, allows: true)
      senders.add(list.denySenders.map(\.comparable), index, allows: false)
      addresses.add(list.allowIPs, index, allows: true)
      addresses.add(list.denyIPs, index, allows: false)
    }
    guard !senders.isEmpty || !addresses.isEmpty else { return }
    let people = GroupMembers(input.tenant)
    for list in lists {
      func judge<Value: Hashable & CustomStringConvertible>(
        _ entries: [Located<Value>], allows: Bool, _ narrow: NarrowEntries<Value>,
        _ wider: (Value) -> [Value]
      ) {
        for entry in entries {
          for key in wider(entry.value) {
            guard let other = narrow.entry(key, allows: !allows) else { continue }
            let owner = lists[other.list].scope
            guard owner.rank > list.scope.rank, people.overlap(owner, list.scope) else { continue }
            bag.add(
              .overruled(
                entry.value.description, at: entry.span, allows: allows,
                by: owner.target.title, other.span))
            break
          }
        }
      }
      func wider(_ pattern: AddressPattern) -> [AddressPattern] {
        [pattern] + (pattern.domain.map { [.anyone(at: $0)] } ?? []) + [.everyone]
      }
      judge(list.allowSenders.map(\.comparable), allows: true, senders, wider)
      judge(list.denySenders.map(\.comparable), allows: false, senders, wider)
      judge(list.allowIPs, allows: true, addresses) { [$0] }
      judge(list.denyIPs, allows: false, addresses) { [$0] }
    }
  }
}

/// The entries of the lists of groups and users: of each the first list that has it.
private struct NarrowEntries<Value: Hashable> {
  private struct Key: Hashable {
    let value: Value
    let allows: Bool
  }

  private var first: [Key: (list: Int, span: SourceSpan)] = [:]

  var isEmpty: Bool { first.isEmpty }

  mutating func add(_ entries: [Located<Value>], _ list: Int, allows: Bool) {
    for entry in entries {
      let key = Key(value: entry.value, allows: allows)
      if first[key] == nil { first[key] = (list, entry.span) }
    }
  }

  func entry(_ value: Value, allows: Bool) -> (list: Int, span: SourceSpan)? {
    first[Key(value: value, allows: allows)]
  }
}

/// Who is in a scope.
private struct GroupMembers {
  private var domains: [GroupPath: Set<DomainName>] = [:]
  private var people: [GroupPath: Set<EmailAddress>] = [:]

  init(_ tenant: Tenant) {
    let used = Set(
      (tenant.settings.lists?.value ?? []).compactMap { list -> GroupPath? in
        if case .group(let path) = list.scope { path.value } else { nil }
      })
    for group in tenant.groups where used.contains(group.path.value) {
      let all = group.managers.map(\.value) + group.members.map(\.value)
      domains[group.path.value] = Set(all.map(\.domain))
      people[group.path.value] = Set(all)
    }
  }

  /// Whether somebody is in both, as far as tenant.yaml says.
  func overlap(_ one: Scope, _ other: Scope) -> Bool {
    switch (one, other) {
    case (.all, _), (_, .all): true
    case (.domain(let a), .domain(let b)): a.value == b.value
    case (.group(let path), .domain(let domain)), (.domain(let domain), .group(let path)):
      domains[path.value]?.contains(domain.value) ?? false
    case (.user(let user), .domain(let domain)), (.domain(let domain), .user(let user)):
      user.value.domain == domain.value
    case (.user(let user), .group(let path)), (.group(let path), .user(let user)):
      people[path.value]?.contains(user.value) ?? false
    case (.group(let a), .group(let b)): a.value == b.value
    case (.user(let a), .user(let b)): a.value == b.value
    }
  }
}

extension Scope {
  /// The narrower, the higher.
  fileprivate var rank: Int {
    switch self {
    case .all, .domain: 0
    case .group: 1
    case .user: 2
    }
  }
}

extension Located<AddressPattern> {
  /// `@domain` means the same as `*@domain`.
  fileprivate var comparable: Located<AddressPattern> {
    if case .bareDomain(let domain) = value { map { _ in .anyone(at: domain) } } else { self }
  }
}

extension Diagnostic {
  fileprivate static func overruled(
    _ entry: String, at span: SourceSpan, allows: Bool, by scope: LocalizedText,
    _ other: SourceSpan
  ) -> Diagnostic {
    let name = entry.excerpt()
    let who = LocalizedText(ja: scope.ja.excerpt(), en: scope.en.excerpt())
    return Diagnostic(
      .overruledEntry, at: span,
      allows
        ? .init(
          ja: "「\(name)」の許可より、「\(who.ja)」の拒否が優先されるはず",
          en: "the denial for \"\(who.en)\" should come before this allowance of \"\(name)\"")
        : .init(
          ja: "「\(name)」の拒否より、「\(who.ja)」の許可が優先されるはず",
          en: "the allowance for \"\(who.en)\" should come before this denial of \"\(name)\""),
      help: .init(
        ja: "例外のつもりでなければ、一方を消す", en: "unless it is meant as an exception, remove one of the two"),
      labels: [.init(other, .init(ja: "優先される項目", en: "the entry that comes first"))])
  }
}

extension DiagnosticCode {
  static let overruledEntry = DiagnosticCode(
    7107, .note,
    title: .init(ja: "狭い範囲の一覧に負ける項目", en: "an entry that a narrower list overrules"),
    explanation: .init(
      ja:
        "同じエンジンの別の製品の説明では、利用者、グループ、ドメイン、システムの順に優先されます。MAILGATES Σで同じ順序かは公開されていません。広い範囲の項目は、その人たちには働かないはずです。",
      en:
        "By the manual of another product with the same engine, the lists of a user come first, then those of the group, the domain and the system. Whether MAILGATES Σ has that order is not published. For those people the entry of the wider list should not act."
    ),
    example:
      "lists:\n  - { scope: all, allowSenders: [ad@partner.example] }\n  - { scope: { group: /営業部 }, denySenders: ['*@partner.example'] }",
    source: "article 900005450123; mailspam.cycu.edu.tw, noname64 (another product)")
}
