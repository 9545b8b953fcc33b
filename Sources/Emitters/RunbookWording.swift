internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What the runbook says of each phase's work.
struct RunbookWording {
  private let procedure: Procedure

  init(_ procedure: Procedure) { self.procedure = procedure }

  /// The work, one box each.
  func work(_ kind: Phase.Kind) -> [Phrase] {
    switch kind {
    case .addressNotice:
      let addresses = procedure.tenant.mailServers.flatMap(\.addresses).map(\.value.description)
      return [
        .init(
          ja:
            "送信元サーバーのグローバルIPアドレス(\(code: addresses.joined(separator: ", ")))を、下の手紙で提供元へ連絡する",
          en:
            "Tell the vendor the public addresses of the sending servers by the letter below: \(code: addresses.joined(separator: ", "))"
        )
      ]
    case .administratorLogin:
      return procedure.tenant.loginAddresses.map { address in
        .init(
          ja: "管理者アカウントで \(code: address) にログインする",
          en: "Log in at \(code: address) with an administrator's account")
      }
    case .signIn:
      return [
        .init(
          ja: "メールサーバーごとのページのとおりに設定し、利用者の一覧をMailGatesに取り込む",
          en: "Follow the page of each mail server, and import its users into MailGates"),
        .init(
          ja: "取り込んだ人数が、メールボックスの数と合うことを確かめる",
          en: "See that as many users were imported as there are mailboxes"),
      ]
    case .accounts: return registering
    case .userLogin:
      return [
        .init(
          ja: "一般利用者のアカウントでログインする(取り込みまたは登録が済むまではログインできません)",
          en: "Log in with an ordinary account, which works only after the import or registration")
      ]
    case .reportAuthorization: return DMARCWording(procedure).asking
    case .senderAuthentication:
      return [
        .init(
          ja: "ドメインごとのファイルのとおりに、DNSの管理画面でレコードを変更する",
          en: "Change the records in the DNS as the file of each domain says"),
        .init(
          ja: "DKIMは、公開してネガティブキャッシュの時間を待ってから署名を始める",
          en:
            "Start signing by DKIM only after the key is published and negative caches have passed"),
      ] + KeyRetirementWording(procedure).publishing + oldTTLs + exchangeSigning
    case .connect: return connecting
    case .ttl:
      return [
        .init(
          ja: "MXのTTLを\(Catalogue.loweredTTL.value)秒に下げる(DNSサービスで変えられない場合は、そのままでかまいません)",
          en:
            "Lower the TTL of the MX to \(Catalogue.loweredTTL.value) seconds; where the DNS service cannot, it may stay"
        )
      ] + statedTTLs
    case .transportPolicyBefore: return TransportPolicyWording(procedure).before
    case .transportPolicyAfter: return TransportPolicyWording(procedure).after
    case .settings:
      let sheet = Phrase(
        ja: "設定手順書(click-sheet.md)を上から順に入力する", en: "Work through the click-sheet from the top")
      guard procedure.screens.contains(where: \.setting.isAfterStart) else { return [sheet] }
      return [
        .init(
          ja: "\(sheet.ja)。許可・拒否設定とBEC保護管理は、運用開始後に設定するので飛ばす",
          en:
            "\(sheet.en); skip the allow and deny lists and BEC protection, which come after the start"
        )
      ]
    case .laterSettings:
      return [
        .init(
          ja: "届くスパムを見ながら、設定手順書(click-sheet.md)の許可・拒否設定とBEC保護管理を入力する",
          en:
            "Enter the allow and deny lists and BEC protection of the click-sheet, by the spam that arrives"
        )
      ]
    case .startInbound:
      return [
        .init(
          ja: "まず \(code: "-WhatIf") を付けて実行し、表示を読んでから、付けずに実行する",
          en: "Run it with \(code: "-WhatIf") first, read what it says, then run it without")
      ]
    case .startOutbound: return startingOutbound
    case .archive:
      return [
        .init(
          ja:
            "\(code: "archive.ps1") をそのまま実行してから、\(code: "-Start") を付けて実行する。どちらも、まず \(code: "-WhatIf") を付けて確かめる。表示された以前の通知先(\(code: "note this"))を控える",
          en:
            "Run \(code: "archive.ps1") as it is, then with \(code: "-Start"), each with \(code: "-WhatIf") first. Note the recipient of before (\(code: "note this"))"
        )
      ]
    case .endPilot: return endingPilot
    case .cutover:
      return [
        .init(
          ja: "業務に影響の少ない時間帯(夜間や休日)に、MXをファイルのとおりに置き換える。古いMXは残さない",
          en: "At night or on a weekend, replace the MX as the file says. Leave no old MX behind")
      ]
    case .deliveryTarget:
      return [
        .init(
          ja: "メール配送先サーバーを「xxx (ユーザ存在確認あり)」にする(候補がなければそのまま)",
          en: "Set メール配送先サーバー to 「xxx (ユーザ存在確認あり)」; where it is not offered, leave it")
      ]
    case .lockdown:
      return [
        .init(
          ja: "切替後、外部からのメールがすべてMailGates経由で届いていることを確かめてから行う",
          en: "Do this only after all mail from outside has been seen to come by MailGates")
      ] + closing
    case .restoreTTL: return restoring
    case .changeSigning: return KeyRetirementWording(procedure).signing
    case .retireKey: return KeyRetirementWording(procedure).removing
    case .dmarc(let stage): return DMARCWording(procedure).work(stage)
    }
  }

  /// What follows the files of a phase.
  func closing(_ kind: Phase.Kind) -> [Phrase] {
    // The vendor's own allow setting guards against mail of other customers before the cutover
    // (article 360040495232), and the customer deletes the initial one (44235421260953).
    if kind == .retireKey { return KeyRetirementWording(procedure).afterRemoval }
    guard kind == .cutover else { return [] }
    return [
      .init(
        ja: "切替の後: 開通時に登録されているスパムメール設定・許可設定を削除する。いつ消すかはサポート窓口に確認する(画面の場所も公開されていません)",
        en:
          "After the change: delete the spam and allow setting that is there at the opening. Ask the vendor's support when to delete it; its screen is not published either"
      )
    ]
  }

  private var registering: [Phrase] {
    let names = procedure.tenant.mailServers.filter { $0.signIn == nil }.map(\.name.value.text)
    let servers = names.map { "\(text: $0)" as Prose }.joined(separator: ", ")
    return [
      .init(
        ja: "\(servers): すべての利用者のアカウントをMailGatesに登録する。登録の方法は公開されていないので、サポート窓口に確認する",
        en:
          "\(servers): register every user's account in MailGates. How is not published: ask the vendor's support"
      ),
      .init(
        ja: "登録した人数が、メールボックスの数と合うことを確かめる",
        en: "See that as many users were registered as there are mailboxes"),
    ]
      + (procedure.movingDomains.isEmpty
        ? []
        : [
          .init(
            ja: "MXの切替の前に、全員の登録を済ませる(提供元の制限事項)",
            en: "Finish this for everyone before the MX changes (the vendor's restrictions)")
        ])
  }

  /// What to write down where the zone does not say how long to wait.
  private var oldTTLs: [Phrase] {
    guard sending.contains(where: { $0.publicationWait == nil }) else { return [] }
    return [
      .init(
        ja: "変更の前に、権威サーバーで、変えるレコードのTTLとSOAの最小値(ネガティブTTL)を控える",
        en:
          "Before the change, write down the TTL of the records that change and the minimum of the SOA (the negative TTL), from the authoritative server"
      )
    ]
  }

  /// What tenant.yaml says of a TTL that mgc cannot see.
  private var statedTTLs: [Phrase] {
    procedure.domains.compactMap { domain in
      guard domain.lowerTTL != nil, !domain.areExchangersKnown, let ttl = domain.oldTTL else {
        return nil
      }
      let name = Prose.domain(domain.domain.name.value)
      let seconds = Int(ttl.seconds)
      return .init(
        ja:
          "\(name): 下げる前のTTLが、tenant.yamlにある\(seconds)秒であることを確かめる。違えば、tenant.yamlを直して \(code: "mgc apply") を実行する",
        en:
          "\(name): see that the TTL before is \(seconds) seconds, as tenant.yaml says; where it is not, mend tenant.yaml and run \(code: "mgc apply")"
      )
    }
  }

  /// Exchange Online signs only once it finds the CNAMEs.
  private var exchangeSigning: [Phrase] {
    procedure.domains.compactMap { domain in
      guard domain.senderAuthentication.contains(where: { $0.purpose == .mailServerKey }) else {
        return nil
      }
      let name = Prose.domain(domain.domain.name.value)
      return .init(
        ja:
          "\(name): Microsoft 365のCNAMEを公開した後、Exchange Onlineで署名が無効なら、\(code: "Set-DkimSigningConfig -Identity \(domain.domain.name.value.ascii) -Enabled $true") を実行する(CNAMEが見つかるまで数分から4日かかることがある)",
        en:
          "\(name): once the CNAMEs of Microsoft 365 are published, run \(code: "Set-DkimSigningConfig -Identity \(domain.domain.name.value.ascii) -Enabled $true") where Exchange Online does not sign yet; it may take minutes to four days until it finds them"
      )
    }
  }

  private var sending: [DomainChanges] {
    procedure.domains.filter { $0.domain.role != .parked }
  }

  /// Until the old records have left all caches, receivers may not know MailGates as a sender.
  private var publicationWaits: [Phrase] {
    sending.map { domain in
      let name = Prose.domain(domain.domain.name.value)
      guard let wait = domain.publicationWait else {
        return .init(
          ja: "\(name): 公開してから、控えたSPFの旧TTLとネガティブTTLのうち長い方が過ぎるまで待つ",
          en:
            "\(name): wait after publishing until the old TTL of SPF and the negative TTL that were written down have passed"
        )
      }
      return .init(
        ja: "\(name): 公開してから\(Int(wait.seconds))秒(SPFなどの旧TTLとネガティブTTLのうち最も長いもの)が過ぎるまで待つ",
        en:
          "\(name): wait \(Int(wait.seconds)) seconds after publishing, the longest of the old TTLs of SPF and the others and the negative TTL"
      )
    }
  }

  private var endingPilot: [Phrase] {
    [
      .init(
        ja:
          "tenant.yamlから \(code: "pilot") を消し、\(code: "mgc apply") を実行する(この手順書も作り直され、以降の番号が1つ減ります)",
        en:
          "Take \(code: "pilot") out of tenant.yaml and run \(code: "mgc apply"); this page is written again, and the numbers after this fall by one"
      )
    ]
      + procedure.connections.filter(procedure.isPilot).map { connection in
        .init(
          ja:
            "\(text: connection.name): 新しいconnect.ps1を \(code: "-WhatIf") 付き、なしの順にもう一度実行し、拡張フィルター処理と送信ルールの対象を全員にする(宛先の全員が対象でないと、拡張フィルター処理は働きません)",
          en:
            "\(text: connection.name): run the new connect.ps1 again with \(code: "-WhatIf"), then without, so that enhanced filtering and the outbound rule hold for everyone; enhanced filtering acts only where all recipients of a message are covered"
        )
      }
  }

  private var closing: [Phrase] {
    procedure.connections.filter(procedure.isClosed).map { connection in
      let name = connection.name
      switch connection.kind {
      case .exchange:
        return .init(
          ja: "\(text: name): lockdown.ps1を \(code: "-WhatIf") 付き、なしの順に実行する",
          en: "\(text: name): run lockdown.ps1 with \(code: "-WhatIf"), then without")
      case .postfix:
        return .init(
          ja:
            "\(text: name): サーバーでlockdown.shを \(code: "warn") 付きで実行し、1日ほどログを見てから \(code: "lockdown") 付きで実行する(postfix.mdを参照)",
          en:
            "\(text: name): run lockdown.sh on the server with \(code: "warn"), look at the log for a day or so, then run it with \(code: "lockdown"), as postfix.md says"
        )
      case .google, .other:
        return .init(
          ja: "\(text: name): 下のページのとおりに設定する", en: "\(text: name): follow the page below")
      }
    }
  }

  private var restoring: [Phrase] {
    let closed = procedure.connections.contains(where: procedure.isClosed)
    let seen: Phrase =
      closed
      ? .init(
        ja: "直接配送の遮断が働いていることを見てから、さらに数日待つ",
        en: "See that the lockdown works, and wait for some days more")
      : .init(
        ja: "切替の後、メールが問題なく届くことを数日見る",
        en: "Watch mail arrive without trouble for some days after the cutover")
    return [
      seen, .init(ja: "MXのTTLを元の値に戻す", en: "Set the TTL of the MX back to what it was"),
    ]
  }

  /// Outbound routes stay as they are: senders are published and known first.
  private var connecting: [Phrase] {
    procedure.connections.map { connection in
      let name = connection.server.name.value.text
      switch connection.kind {
      case .exchange:
        return .init(
          ja: "\(text: name): preflight.ps1、connect.ps1の順に実行する(作るものはすべて無効の状態)",
          en: "\(text: name): run preflight.ps1, then connect.ps1; all it makes is disabled")
      case .google:
        return .init(
          ja: "\(text: name): gateway.mdのとおりに管理コンソールで準備する",
          en: "\(text: name): prepare the Admin console as gateway.md says")
      case .postfix(_, let postfix):
        return postfix.inbound == nil
          ? .init(
            ja: "\(text: name): postfix.mdを読む(送信の経路を切り替えるまで、サーバーでする作業はない)",
            en: "\(text: name): read postfix.md; the server waits until the outbound route starts")
          : .init(
            ja:
              "\(text: name): サーバーでconnect.shを、引数なし、\(code: "connect") 付きの順に実行する(この段階では何も拒否しない。postfix.mdを参照)",
            en:
              "\(text: name): run connect.sh on the server without an argument, then with \(code: "connect"), as postfix.md says; nothing is refused yet"
          )
      case .other:
        return .init(
          ja: "\(text: name): instructions.mdを管理者に渡す",
          en: "\(text: name): hand instructions.md to the administrator")
      }
    }
  }

  /// Relaying is allowed by address, so that the route waits for the vendor's answer to the letter.
  private var answered: [Phrase] {
    guard procedure.phases.contains(where: { $0.kind == .addressNotice }) else { return [] }
    return [
      .init(
        ja: "送信元アドレスの連絡に、中継を許可したという返事が提供元からあったことを確かめる",
        en:
          "See that the vendor has answered the letter: relaying from the source addresses is allowed"
      )
    ]
  }

  private var startingOutbound: [Phrase] {
    [
      .init(
        ja: "SPF・DKIM・DMARCが公開済みであることを確かめる",
        en: "See that SPF, DKIM and DMARC are published")
    ] + answered + publicationWaits
      + procedure.connections.map { connection in
        let name = connection.server.name.value.text
        switch connection.kind {
        case .exchange:
          return .init(
            ja: "\(text: name): start-outbound.ps1を \(code: "-WhatIf") 付き、なしの順に実行する",
            en: "\(text: name): run start-outbound.ps1 with \(code: "-WhatIf"), then without")
        case .postfix:
          return .init(
            ja:
              "\(text: name): サーバーでstart-outbound.shを、引数なし、\(code: "start") 付きの順に実行する(start-outbound.mdを参照)",
            en:
              "\(text: name): run start-outbound.sh on the server without an argument, then with \(code: "start"), as start-outbound.md says"
          )
        case .google:
          return .init(
            ja: "\(text: name): start-outbound.mdのとおりに送信経路を切り替える",
            en: "\(text: name): change the outbound route as start-outbound.md says")
        case .other:
          return .init(
            ja: "\(text: name): start-outbound.mdのとおりに送信経路を切り替えるよう、管理者に連絡する",
            en:
              "\(text: name): ask the administrator to change the route as start-outbound.md says")
        }
      }
  }
}
