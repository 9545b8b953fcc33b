internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What the runbook says of each phase: the work, how to see that it worked, and the way back.
struct RunbookWording {
  private let procedure: Procedure

  init(_ procedure: Procedure) { self.procedure = procedure }

  /// The work, one box each.
  func work(_ kind: Phase.Kind) -> [MarkdownPhrase] {
    switch kind {
    case .addressNotice:
      let addresses = procedure.tenant.mailServers.flatMap(\.addresses).map(\.value.description)
      return [
        .init(
          ja: "送信元サーバーのグローバルIPアドレス(\(code: addresses.joined(separator: ", ")))を提供元へ連絡する",
          en:
            "Tell the vendor the public addresses of the sending servers: \(code: addresses.joined(separator: ", "))"
        )
      ]
    case .administratorLogin:
      return procedure.tenant.loginAddresses.map { address in
        .init(
          ja: "管理者アカウントで \(code: address) にログインする",
          en: "Log in at \(code: address) with an administrator's account")
      } + initialAllowance
    case .signIn:
      return [
        .init(
          ja: "メールサーバーごとのページのとおりに設定し、利用者の一覧をMailGatesに取り込む",
          en: "Follow the page of each mail server, and import its users into MailGates"),
        .init(
          ja: "取り込んだ人数が、メールボックスの数と合うことを確かめる",
          en: "See that as many users were imported as there are mailboxes"),
      ]
    case .userLogin:
      return [
        .init(
          ja: "一般利用者のアカウントでログインする(取り込みが済むまではログインできません)",
          en: "Log in with an ordinary account, which works only after the import")
      ]
    case .senderAuthentication:
      return [
        .init(
          ja: "ドメインごとのファイルのとおりに、DNSの管理画面でレコードを変更する",
          en: "Change the records in the DNS as the file of each domain says"),
        .init(
          ja: "DKIMは、公開してネガティブキャッシュの時間を待ってから署名を始める",
          en:
            "Start signing by DKIM only after the key is published and negative caches have passed"),
      ]
    case .connect: return connecting
    case .ttl:
      return [
        .init(
          ja: "MXのTTLを\(Catalogue.loweredTTL.value)秒に下げる(DNSサービスで変えられない場合は、そのままでかまいません)",
          en:
            "Lower the TTL of the MX to \(Catalogue.loweredTTL.value) seconds; where the DNS service cannot, it may stay"
        )
      ]
    case .settings:
      return [
        .init(
          ja: "設定手順書(click-sheet.md)を上から順に入力する",
          en: "Work through the click-sheet from the top")
      ]
    case .startInbound:
      return [
        .init(
          ja: "まず \(code: "-WhatIf") を付けて実行し、表示を読んでから、付けずに実行する",
          en: "Run it with \(code: "-WhatIf") first, read what it says, then run it without")
      ]
    case .startOutbound: return startingOutbound
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
      ]
    case .restoreTTL:
      return [.init(ja: "MXのTTLを元の値に戻す", en: "Set the TTL of the MX back to what it was")]
    case .nextPolicy:
      return [
        .init(
          ja: "集計レポートを1か月以上見て、正しい送信元がすべて合格していれば、次の段階に進む",
          en:
            "Watch the aggregate reports for a month or more; when every rightful sender passes, go to the next stage"
        )
      ]
    }
  }

  private var initialAllowance: [MarkdownPhrase] {
    guard procedure.services.inbound != nil else { return [] }
    return [
      .init(
        ja: "開通時に登録されているスパムメール設定を削除する(提供元の制限事項。画面の場所は開通通知書またはサポート窓口で確認)",
        en:
          "Delete the spam setting that is there at the opening (the vendor's restrictions; ask the opening notice or support for the screen)"
      )
    ]
  }

  private var connecting: [MarkdownPhrase] {
    procedure.connections.map { connection in
      let name = connection.server.name.value.text
      switch connection.kind {
      case .exchange:
        return .init(
          ja: "\(text: name): preflight.ps1、connect.ps1の順に実行する(作るものはすべて無効の状態)",
          en: "\(text: name): run preflight.ps1, then connect.ps1; all it makes is disabled")
      case .google:
        return .init(
          ja: "\(text: name): gateway.mdのとおりに管理コンソールで設定する",
          en: "\(text: name): follow gateway.md in the Admin console")
      case .postfix:
        return .init(
          ja: "\(text: name): postfix.mdのとおりに設定する(この段階では何も拒否しない)",
          en: "\(text: name): follow postfix.md; nothing is refused yet")
      case .other:
        return .init(
          ja: "\(text: name): instructions.mdを管理者に渡す",
          en: "\(text: name): hand instructions.md to the administrator")
      }
    }
  }

  private var startingOutbound: [MarkdownPhrase] {
    [
      .init(
        ja: "SPF・DKIM・DMARCが公開済みであることを確かめる",
        en: "See that SPF, DKIM and DMARC are published")
    ]
      + procedure.connections.map { connection in
        let name = connection.server.name.value.text
        switch connection.kind {
        case .exchange:
          return .init(
            ja: "\(text: name): start-outbound.ps1を \(code: "-WhatIf") 付き、なしの順に実行する",
            en: "\(text: name): run start-outbound.ps1 with \(code: "-WhatIf"), then without")
        case .google, .postfix, .other:
          return .init(
            ja: "\(text: name): 送信経路をMailGates経由に切り替える",
            en: "\(text: name): change the outbound route to MailGates")
        }
      }
  }

  /// How to see that a phase worked.
  func evidence(_ kind: Phase.Kind) -> MarkdownPhrase? {
    switch kind {
    case .senderAuthentication:
      .init(
        ja: "\(code: "dig TXT ドメイン名") の答えが、ファイルのレコードと同じになる。",
        en: "\(code: "dig TXT DOMAIN") answers with the records of the file.")
    case .ttl:
      .init(
        ja: "\(code: "dig MX ドメイン名") のTTLが\(Catalogue.loweredTTL.value)以下になる。",
        en: "\(code: "dig MX DOMAIN") shows a TTL of \(Catalogue.loweredTTL.value) or less.")
    case .cutover:
      .init(
        ja: "\(code: "dig MX ドメイン名") がMailGatesだけを答え、外部から送ったメールがMailGatesの送受信ログに現れる。",
        en:
          "\(code: "dig MX DOMAIN") answers with MailGates alone, and mail from outside shows in MailGates' log."
      )
    case .startOutbound:
      .init(
        ja: "社外に送ったメールがMailGatesの送信ログに現れ、宛先のヘッダーでSPFとDKIMが合格している。",
        en:
          "Mail sent outside shows in MailGates' log, and its header at the receiver says that SPF and DKIM pass."
      )
    case .lockdown:
      .init(
        ja: "配送先ホストに外部から直接送ったメールが拒否され、MailGates経由のメールは届く。",
        en:
          "Mail sent from outside straight to the delivery host is refused; mail by MailGates arrives."
      )
    case .deliveryTarget:
      .init(
        ja: "存在する利用者へのメールが届き、存在しない宛先へのメールが届かない。",
        en: "Mail to existing users arrives; mail to others does not.")
    case .addressNotice, .administratorLogin, .signIn, .userLogin, .connect, .settings,
      .startInbound, .restoreTTL, .nextPolicy:
      nil
    }
  }

  /// How to go back from a phase.
  func wayBack(_ kind: Phase.Kind) -> MarkdownPhrase? {
    switch kind {
    case .senderAuthentication, .ttl, .cutover, .connect, .startOutbound, .startInbound, .lockdown:
      .init(
        ja: "この手順書の最後の「元に戻すとき」にあるファイルを使う。",
        en: "Use the files under \"Going back\" at the end of this page.")
    case .deliveryTarget:
      .init(ja: "同じ画面で元の配送先を選び直す。", en: "Choose the former target on the same screen.")
    case .addressNotice, .administratorLogin, .signIn, .userLogin, .settings, .restoreTTL,
      .nextPolicy:
      nil
    }
  }
}
