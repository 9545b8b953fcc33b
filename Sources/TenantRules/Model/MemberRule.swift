internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Members that stand twice. Members are the longest lists that a tenant has, so nothing is
  /// copied or hashed twice.
  static let members = Rule([.repeatedMember]) { input, bag in
    for group in input.tenant.groups {
      for list in [group.managers, group.members] { addRepetitions(list, in: group, into: &bag) }
    }
  }

  /// Members whose domain is not of the contract.
  static let foreignMembers = Rule([.foreignMember], judgesAbsence: true) { input, bag in
    let names = input.tenant.domains.map(\.name.value)
    let own = Set(names).union(OwnDomains(input.tenant).intended)
    var foreign = ForeignMembers()
    for group in input.tenant.groups {
      for list in [group.managers, group.members] {
        for member in list.outside(own) { foreign.add(member) }
      }
    }
    for group in foreign.groups { bag.add(.foreignMember(group, own: names.map(\.ascii))) }
  }
}

private func addRepetitions(
  _ list: [Located<EmailAddress>], in group: Group, into bag: inout DiagnosticBag
) {
  guard list.count > 1, !list.isAscending else { return }
  // Open addressing over indices: a Dictionary of addresses would take ten times the memory. The
  // hash has the process's seed, so that no file can choose addresses that collide. The bits of a
  // slot that the index leaves hold some of the hash, so that a look at another address is mostly
  // spared.
  var size = 16
  while size < list.count * 2 { size *= 2 }
  let indexBits = UInt32(size.trailingZeroBitCount)
  let empty = UInt32.max
  var table = [UInt32](repeating: empty, count: size)
  for index in list.indices {
    let hash = UInt64(truncatingIfNeeded: list[index].value.comparableLocalPart.hashValue)
    let tag = UInt32(truncatingIfNeeded: hash >> 32) << indexBits
    var slot = Int(truncatingIfNeeded: hash) & (size - 1)
    while table[slot] != empty {
      let other = Int(table[slot] & UInt32(size - 1))
      if table[slot] >> indexBits == tag >> indexBits,
        list[other].value.isSameMailbox(as: list[index].value)
      {
        bag.add(.repeatedMember(list[index], first: list[other].span, in: group))
        break
      }
      slot = (slot + 1) & (size - 1)
    }
    if table[slot] == empty { table[slot] = tag | UInt32(truncatingIfNeeded: index) }
  }
}

extension [Located<EmailAddress>] {
  /// Whether each member is of the domain of the one before and comes after it, as in most exports:
  /// then none stands twice.
  fileprivate var isAscending: Bool {
    guard var previous = first?.value.comparableLocalPart else { return true }
    for index in indices.dropFirst() {
      let current = self[index].value.comparableLocalPart
      guard previous < current, self[index - 1].value.domain == self[index].value.domain else {
        return false
      }
      previous = current
    }
    return true
  }

  /// The members whose domain is not among some. Neighbors mostly share their domain, and a
  /// comparison costs less than hashing.
  fileprivate func outside(_ own: Set<DomainName>) -> [Located<EmailAddress>] {
    var result: [Located<EmailAddress>] = []
    var index = startIndex
    while index < endIndex {
      let domain = self[index].value.domain
      let isForeign = !own.contains(domain)
      while index < endIndex, self[index].value.domain == domain {
        if isForeign { result.append(self[index]) }
        index += 1
      }
    }
    return result
  }
}

/// Members by their domain, in the order in which the domains appear.
private struct ForeignMembers {
  struct Group {
    let first: Located<EmailAddress>
    var count = 0
    /// Some of the members, each place once.
    var some: [Located<EmailAddress>] = []
    fileprivate var spans: Set<SourceSpan> = []
  }

  /// More domains than this are not told apart, and more members than this are not corrected.
  static let limit = 100

  private(set) var groups: [Group] = []
  private var places: [DomainName: Int] = [:]

  mutating func add(_ member: Located<EmailAddress>) {
    var place = places[member.value.domain]
    if place == nil, groups.count < Self.limit {
      place = groups.count
      places[member.value.domain] = groups.count
      groups.append(Group(first: member))
    }
    guard let place else { return }
    groups[place].count += 1
    // An alias of YAML brings the same place again.
    if groups[place].some.count <= Self.limit, groups[place].spans.insert(member.span).inserted {
      groups[place].some.append(member)
    }
  }
}

extension Diagnostic {
  fileprivate static func repeatedMember(
    _ member: Located<EmailAddress>, first: SourceSpan, in group: Group
  ) -> Diagnostic {
    let address = member.value.description.excerpt()
    let path = group.path.value.description.excerpt()
    return Diagnostic(
      .repeatedMember, at: member.span,
      .init(
        ja: "「\(address)」がグループ「\(path)」に2回ある",
        en: "\"\(address)\" stands twice in the group \"\(path)\""),
      help: .init(ja: "一方を消す", en: "remove one of the two"), labels: [.first(first)],
      fixes: [.remove(member.span, isSafe: true)])
  }

  fileprivate static func foreignMember(
    _ group: ForeignMembers.Group, own: [String]
  ) -> Diagnostic {
    let domain = group.first.value.domain
    let name = domain.unicode.excerpt()
    let nearest =
      own.count <= NameAdvice.limit ? Spelling.nearest(to: domain.ascii, among: own) : nil
    var fixes: [Fix] = []
    if let nearest, group.some.count <= ForeignMembers.limit,
      group.some.allSatisfy({ YAMLScalar($0.value.localPart).text == $0.value.localPart })
    {
      fixes = [
        Fix(
          .init(ja: "「\(nearest)」に直す", en: "write \"\(nearest)\""),
          group.some.map {
            TextEdit($0.span, replacement: $0.value.localPart + "@" + nearest)
          }, isSafe: false)
      ]
    }
    let count = group.count
    return Diagnostic(
      .foreignMember, at: group.first.span,
      .init(
        ja: count == 1
          ? "メンバーのドメイン「\(name)」は契約ドメインではない"
          : "メンバー\(count)人のドメイン「\(name)」は契約ドメインではない",
        en: count == 1
          ? "the member's domain \"\(name)\" is not of this contract"
          : "the domain \"\(name)\" of \(count) members is not of this contract"),
      help: nearest.map {
        .init(ja: "「\($0)」の書き間違いではないか", en: "perhaps \"\($0)\" was meant")
      }
        ?? .init(
          ja: "グループには契約ドメインの利用者だけを入れる", en: "groups hold users of the contract's domains"),
      fixes: fixes)
  }
}

extension EmailAddress {
  /// The local part for comparing: mailboxes differ in more than case.
  fileprivate var comparableLocalPart: String {
    let text = localPart
    let bytes = text.utf8.span
    for index in bytes.indices where bytes[index] &- 0x41 < 26 { return text.lowercased() }
    return text
  }

  fileprivate func isSameMailbox(as other: EmailAddress) -> Bool {
    domain == other.domain && comparableLocalPart == other.comparableLocalPart
  }
}

extension DiagnosticCode {
  static let repeatedMember = DiagnosticCode(
    2117, .warning,
    title: .init(ja: "グループに2回あるメンバー", en: "a member that stands twice"),
    explanation: .init(
      ja: "同じ利用者を2回書いても意味は変わりません。別の人の書き間違いかもしれません。membersFromのファイルもあわせて数えます。",
      en:
        "To name a user twice changes nothing; perhaps somebody else was meant. The file of membersFrom counts too."
    ),
    example: "groups: [{ path: /営業部, members: [sato@kaede.example, sato@kaede.example] }]")
  static let foreignMember = DiagnosticCode(
    2118, .warning,
    title: .init(ja: "契約ドメインでないメンバー", en: "a member outside the contract's domains"),
    explanation: .init(
      ja: "グループのメンバーは、契約ドメインの利用者です。ほかのドメインのアドレスは管理者画面に登録できません。同じドメインの人数をまとめて1件とします。",
      en:
        "Members of a group are users of the contract's domains; the console knows no others. All members of one domain make one finding."
    ),
    example:
      "domains: [{ name: kaede.example }]\ngroups: [{ path: /営業部, members: [sato@kaeed.example] }]",
    source: "article 12011864025753")
}
