internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What the runbook says of the change from one DKIM key to another: publish, wait, sign, wait,
/// remove (RFC 6376 section 5.2).
struct KeyRetirementWording {
  private let procedure: Procedure

  init(_ procedure: Procedure) { self.procedure = procedure }

  private var domains: [(domain: DomainChanges, keys: KeyRetirement)] {
    procedure.domains.compactMap { domain in domain.keyRetirement.map { (domain, $0) } }
  }

  private func name(_ domain: DomainChanges) -> Prose { .domain(domain.domain.name.value) }

  private func list(_ selectors: [DKIMSelector]) -> Prose {
    selectors.map { "\(code: $0.text)" as Prose }.joined(separator: ", ")
  }

  /// The part of step 2.
  var publishing: [Phrase] {
    domains.map { domain, keys in
      .init(
        ja:
          "\(name(domain)): 新しい鍵(\(list(keys.successors)))を公開する。古い鍵(\(list(keys.retired)))はそのまま残し、署名もまだ切り替えない",
        en:
          "\(name(domain)): publish the new key (\(list(keys.successors))); leave the old one (\(list(keys.retired))) where it is, and do not sign with the new one yet"
      )
    }
  }

  var signing: [Phrase] {
    [
      .init(
        ja:
          "DKIM鍵設定の画面でセレクターを変えると、いつから新しい鍵で署名され、前の鍵が残るかは公開されていない。操作の前にサポート窓口に確認する",
        en:
          "What the screen DKIM鍵設定 does when the selector changes is not published: from when the new key signs, and whether the old one is kept. Ask the vendor's support before you touch it"
      )
    ]
      + domains.flatMap { domain, keys -> [Phrase] in
        let name = name(domain)
        let wait = keys.publicationWait.map { max(Int($0.seconds), 86400) }
        let waiting: Phrase =
          keys.isPublished
          ? .init(
            ja: "\(name): 新しい鍵(\(list(keys.successors)))がすべての権威サーバーで引けることを確かめる",
            en:
              "\(name): see that every authoritative server answers with the new key (\(list(keys.successors)))"
          )
          : wait.map { seconds in
            .init(
              ja:
                "\(name): 新しい鍵(\(list(keys.successors)))を公開してから\(seconds)秒が過ぎ、すべての権威サーバーで引けることを確かめる",
              en:
                "\(name): see that \(seconds) seconds have passed since the new key (\(list(keys.successors))) was published, and that every authoritative server answers with it"
            )
          }
            ?? .init(
              ja:
                "\(name): 新しい鍵(\(list(keys.successors)))を公開してから、24時間と控えたネガティブTTLのうち長い方が過ぎ、すべての権威サーバーで引けることを確かめる",
              en:
                "\(name): see that 24 hours and the negative TTL that was written down have passed since the new key (\(list(keys.successors))) was published, and that every authoritative server answers with it"
            )
        let when = keys.changesAt?.words
        let change = Phrase(
          ja: "DKIM鍵設定の画面で、署名を\(list(keys.successors))に切り替える",
          en: "on the screen DKIM鍵設定, change the signing to \(list(keys.successors))")
        return [
          waiting,
          .init(
            ja: "\(name): \(when.map { "\($0.ja)以降に、" } ?? "")\(change.ja)",
            en: "\(name): \(when.map { "from \($0.en) on, " } ?? "")\(change.en)"),
        ]
      }
  }

  var signingCheck: RunbookCheck {
    .init(
      sentence: .init(
        ja:
          "社外に送ったメールの \(code: "DKIM-Signature") に新しいセレクターがあり、宛先の \(code: "Authentication-Results") で合格している。",
        en:
          "Mail sent outside has the new selector in \(code: "DKIM-Signature"), and the receiver's \(code: "Authentication-Results") says that it passes."
      ),
      each: domains.flatMap { domain, keys in
        keys.successors.map { selector in
          .init(
            both:
              "\(name(domain)): \(code: "s=\(selector.text)"), \(code: "d=\(domain.domain.name.value.ascii)"), \(code: "dkim=pass")"
          )
        }
      },
      questions: domains.flatMap { domain, keys in
        keys.successors.map { "TXT \($0.owner(in: domain.domain.name.value).absolute.dropLast())" }
      })
  }

  var signingBack: Phrase {
    .init(
      ja:
        "DKIM鍵設定の画面で、古いセレクターに戻す。古い鍵のレコードを消した後なら、先にそのレコードをもう一度公開し、新しい鍵のときと同じだけ待つ。古い秘密鍵が画面に残っていなければ戻せない。",
      en:
        "Choose the old selector on the screen DKIM鍵設定. Where its record has been removed already, publish it again first and wait as long as for the new key. There is no way back where the screen has not kept the old private key."
    )
  }

  var removing: [Phrase] {
    let days = KeyRetirement.daysKept
    return [
      .init(
        ja: "署名を切り替えてから\(days)日以上が過ぎ、古いセレクターの署名が付いたメールが、もう送られていないことを確かめる",
        en:
          "See that \(days) days or more have passed since the signing changed, and that no mail goes out any more with the old selector in its signature"
      )
    ]
      + domains.map { domain, keys in
        .init(
          ja: "\(name(domain)): ファイルのとおりに、\(list(keys.retired))のレコードを消す。ほかのセレクターには触れない",
          en:
            "\(name(domain)): remove the record of \(list(keys.retired)) as the file says; leave all other selectors alone"
        )
      }
  }

  /// What follows the files.
  var afterRemoval: [Phrase] {
    [
      .init(
        ja: "確かめた後、tenant.yamlの \(code: "dkim") から古いセレクターの項目を取り除き、\(code: "mgc apply") を実行する",
        en:
          "When that has been seen, take the entry of the old selector out of \(code: "dkim") in tenant.yaml and run \(code: "mgc apply")"
      )
    ]
  }

  var removalCheck: RunbookCheck {
    .init(
      sentence: .init(
        ja: "権威サーバーが、古いセレクターにはレコードがないと答え、社外に送ったメールは新しいセレクターで合格し続ける。",
        en:
          "The authoritative server answers that there is nothing at the old selector, and mail sent outside goes on passing with the new one."
      ),
      questions: domains.flatMap { domain, keys in
        keys.retired.map { "TXT \($0.owner(in: domain.domain.name.value).absolute.dropLast())" }
      })
  }
}
