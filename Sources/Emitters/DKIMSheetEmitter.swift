internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// How MailGates gets its DKIM key, how the key gets into the DNS, and how to go back.
  static let dkimSheet = Emitter { procedure in
    guard procedure.asks(for: .senderAuthentication) else { return [] }
    let sheet = DKIMSheet(procedure)
    let file: ArtifactPath = "dkim.md"
    return [
      Artifact(Step.senderAuthentication.path + file, sheet.forward),
      Artifact("rollback" + Step.senderAuthentication.path + file, sheet.back),
    ]
  }
}

private struct DKIMSheet {
  let procedure: Procedure
  let screen: Fact<ConsoleScreenName.Path>

  init(_ procedure: Procedure) {
    self.procedure = procedure
    screen = ConsoleScreenName.dkim.path(in: procedure.tenant.gateway.console.value)
  }

  private func say(_ ja: Markdown, _ en: Markdown) -> Markdown {
    procedure.say(MarkdownPhrase(ja: ja, en: en))
  }

  private func opening(_ title: Markdown) -> MarkdownPage {
    var page = MarkdownPage()
    page.heading(1, title)
    if screen.value.isConfirmed {
      page.paragraph(ConsoleWords.path(screen.value.words))
    } else {
      page.quote(
        say(
          "画面の場所は未確認です。サポート窓口に確認してください。",
          "The place of the screen is not confirmed: ask the vendor's support."))
    }
    return page
  }

  var forward: MarkdownPage {
    var page = opening(say("DKIM署名", "DKIM signatures"))
    page.paragraph(
      say(
        "MailGatesから送るメールに署名を付けます（\(link: "提供元の記事", to: screen.source)）。",
        "MailGates signs the mail that it sends (\(link: "the vendor's article", to: screen.source))."
      ))
    // Only this generation of the console has the tab.
    if screen.value.isConfirmed {
      page.paragraph(
        say(
          "「メールセキュリティ」が表示されないときは、提供元が設定済みのことがあります。公開鍵をサポート窓口から受け取ってください。",
          "Where 「メールセキュリティ」 does not show, the vendor may have set this up already: get the public key from the vendor's support."
        ))
    }
    for (index, changes) in procedure.domains.enumerated() where changes.domain.role != .parked {
      add(changes, index, to: &page)
    }
    return page
  }

  private func add(_ changes: DomainChanges, _ index: Int, to page: inout MarkdownPage) {
    let name = changes.domain.name.value
    let zone = name.ascii + ".zone"
    page.heading(
      2,
      name.unicode == name.ascii
        ? "\(code: name.ascii)" : "\(text: name.unicode) (\(code: name.ascii))")
    if changes.domain.dkim.isEmpty {
      let selector = Catalogue.dkimSelector.value
      page.paragraph(
        say(
          "tenant.yamlにDKIMの設定がありません。署名するには、\(code: "domains[\(index)]")に\(code: "dkim: [{ selector: \(selector) }]")を加えてください。",
          "tenant.yaml has no DKIM for this domain. To sign, add \(code: "dkim: [{ selector: \(selector) }]") to \(code: "domains[\(index)]")."
        ))
      return
    }
    for (number, setting) in changes.domain.dkim.enumerated() {
      if setting.isRetiring {
        page.paragraph(retiring(setting.selector.value, changes.keyRetirement))
        continue
      }
      let selector = setting.selector.value
      let key = "domains[\(index)].dkim[\(number)].publicKey"
      let owner = selector.owner(in: name).absolute
      let isWaiting = changes.waitingKeys.contains { $0.input.key == key }
      if isWaiting {
        page.table(
          header: [say("項目", "Field"), say("操作", "Do"), say("値", "Value")],
          rows: [
            ["「セレクター設定」", say("入力", "Enter"), "\(code: selector.text)"],
            [
              "「秘密鍵の作成」", say("選択", "Choose"),
              say(
                "「システムは秘密鍵」で始まる選択肢（鍵の組はシステムが作成）",
                "the option that begins with 「システムは秘密鍵」 (the system makes the pair of keys)"),
            ],
          ])
      } else {
        page.paragraph(
          say(
            "セレクター\(code: selector.text)の鍵は作成済みです。作り直さないでください。新しい鍵は、公開するレコードと一致しなくなります。",
            "The key of the selector \(code: selector.text) exists. Do not make a new one: it would not match the record that is published."
          ))
        page.quote(
          say(
            "画面の公開鍵と\(code: zone)の公開鍵が一致しないときは、作業を止めます。\(code: key)のファイルを画面の公開鍵に直し、\(code: "mgc apply")をもう一度実行してください。",
            "Where the public key on the screen is not the one in \(code: zone), stop. Put the key of the screen into the file that \(code: key) of tenant.yaml names, and run \(code: "mgc apply") again."
          ))
      }
      let made =
        isWaiting
        ? [
          say(
            "画面で鍵を作成した（鍵がすでにあるときは、作り直さずにその公開鍵を使う）",
            "The key is made on the screen (where there is one already, use that one and make no new one)"
          ),
          say(
            "表示された公開鍵を\(code: "keys/\(selector).\(name.ascii).txt")に保存し、tenant.yamlの\(code: key)にそのパスを書いた",
            "The public key that the screen shows is in \(code: "keys/\(selector).\(name.ascii).txt"), and \(code: key) of tenant.yaml names that file"
          ),
          say(
            "\(code: "mgc apply")をもう一度実行し、\(code: zone)にこの鍵のレコードが入った",
            "\(code: "mgc apply") has run again, and \(code: zone) has the record of this key"),
        ]
        : [
          say(
            "画面のセレクターが\(code: selector.text)であることを確かめた",
            "The selector on the screen is \(code: selector.text)"),
          say(
            "画面の公開鍵と\(code: zone)の公開鍵が同じことを確かめた",
            "The public key on the screen and the one in \(code: zone) are the same"),
        ]
      page.checkboxes(
        made + [
          say(
            "\(code: owner)のTXTレコードをDNSに公開した",
            "The TXT record at \(code: owner) is published in the DNS"),
          say(
            "公開したレコードがDNSで引けることを確かめた（「存在しない」という古い応答が、SOAの最小TTLまで残ることがあります）",
            "The DNS answers with the published record (an old answer that there is none may stay for as long as the SOA's minimum TTL)"
          ),
          changes.keyRetirement == nil
            ? say("それから、DKIM署名を有効にした", "After that, signing is turned on")
            : say(
              "それから、\(code: "RUNBOOK.md")の順に、署名をこのセレクターに切り替えた",
              "After that, signing has changed to this selector, in the order of \(code: "RUNBOOK.md")"
            ),
        ])
    }
  }

  /// What is done with a key that goes out of use.
  private func retiring(_ selector: DKIMSelector, _ retirement: KeyRetirement?) -> Markdown {
    guard retirement != nil else {
      return say(
        "セレクター\(code: selector.text)の鍵は使用をやめる予定ですが、代わりの鍵がまだ決まっていません。それまでは、鍵にもレコードにも触れないでください。",
        "The key of the selector \(code: selector.text) is to go out of use, but the key in its place is not known yet. Until then leave both the key and its record alone."
      )
    }
    return say(
      "セレクター\(code: selector.text)の鍵は使用をやめます。署名を切り替えて\(KeyRetirement.daysKept)日が過ぎるまで、鍵もレコードも消さないでください。その後、手順8のファイルでレコードを消します。",
      "The key of the selector \(code: selector.text) goes out of use. Remove neither the key nor its record until \(KeyRetirement.daysKept) days after signing has changed; the files of step 8 then remove the record."
    )
  }

  var back: MarkdownPage {
    var page = opening(say("DKIM署名をやめる", "Stop the DKIM signatures"))
    page.checkboxes([
      say("DKIM署名を無効にした", "Signing is turned off"),
      say(
        "配送中のメールがなくなるまで数日待った", "A few days have passed, so that no signed mail is on its way"),
      say(
        "このフォルダーのゾーンファイルに従って、DNSのレコードを戻した",
        "The records are restored by the zone files in this folder"),
    ])
    return page
  }
}
