internal import Artifacts
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// Step 7: deliver only to users who exist, and how to go back.
  static let deliveryTarget = Emitter { procedure in
    guard procedure.asks(for: .deliveryTarget) else { return [] }
    let page = DeliveryTargetPage(procedure)
    let file: ArtifactPath = "delivery-target.md"
    return [
      Artifact(Step.deliveryTarget.path + file, page.forward),
      Artifact("rollback" + Step.deliveryTarget.path + file, page.back),
    ]
  }
}

private struct DeliveryTargetPage {
  let procedure: Procedure
  let screen: Fact<ConsoleScreenName.Path>

  init(_ procedure: Procedure) {
    self.procedure = procedure
    screen = ConsoleScreenName.deliveryTarget.path(in: procedure.tenant.gateway.console.value)
  }

  private func say(_ ja: Markdown, _ en: Markdown) -> Markdown {
    procedure.say(MarkdownPhrase(ja: ja, en: en))
  }

  private func opening(_ title: Markdown) -> MarkdownPage {
    var page = MarkdownPage()
    page.heading(1, title)
    page.paragraph(ConsoleWords.path(screen.value.words))
    if !screen.value.isConfirmed {
      page.quote(ConsoleWords.unconfirmed[procedure.tenant.language])
    }
    return page
  }

  var forward: MarkdownPage {
    var page = opening(say("メール配送先の変更", "Change the delivery target"))
    page.paragraph(
      say(
        "メールの配送先を「ユーザ存在確認あり」に変えます。変更後は、配送先に存在する利用者にだけメールが配送されます（\(link: "提供元の記事", to: screen.source)）。",
        "Change the delivery target to 「ユーザ存在確認あり」. From then on, mail is delivered only to users who exist at the destination (\(link: "the vendor's article", to: screen.source))."
      ))
    page.heading(2, say("変更の前に", "Before"))
    page.checkboxes([
      say(
        "利用者と共有メールボックスの全員がMailGatesに登録されている",
        "Every user and shared mailbox is known to MailGates"),
      say("現在の「メール配送先サーバー」の値を控えた", "The present value of 「メール配送先サーバー」 is written down"),
    ])
    page.heading(2, say("変更", "Change"))
    page.table(
      header: [say("項目", "Field"), say("操作", "Do"), say("値", "Value")],
      rows: [
        ["「メール配送先サーバー」", say("選択", "Choose"), "「xxx (ユーザ存在確認あり)」"]
      ])
    page.paragraph(
      say(
        "「xxx」の部分はお客様によって異なります。プルダウンに「(ユーザ存在確認あり)」で終わる候補がなければ、変更せずそのままにします。",
        "The part 「xxx」 differs from customer to customer. Where the pull-down has no candidate that ends with 「(ユーザ存在確認あり)」, leave it as it is."
      ))
    page.checkboxes([
      say(
        "選択して保存した、または候補がないことを確認した", "Chosen and saved, or there is no such candidate")
    ])
    page.heading(2, say("変更の後に", "After"))
    page.checkboxes([
      say(
        "存在する利用者宛てのテストメールが届いた", "A test message to a user who exists arrived"),
      say(
        "存在しない利用者宛てのテストメールが配送されなかった",
        "A test message to a user who does not exist was not delivered"),
    ])
    return page
  }

  var back: MarkdownPage {
    var page = opening(say("メール配送先を戻す", "Restore the delivery target"))
    page.checkboxes([
      say(
        "「メール配送先サーバー」を控えておいた元の値に戻し、保存した",
        "「メール配送先サーバー」 has the value that was written down, and is saved"),
      say("テストメールが届いた", "A test message arrived"),
    ])
    return page
  }
}
