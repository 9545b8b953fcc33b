internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

extension ExchangeScriptPage {
  /// What people type to go back, the lockdown first.
  func addWayBack(to page: inout MarkdownPage) {
    page.heading(2, say("戻し方", "The way back"))
    var items: [Markdown] = []
    if exchange.lockdown != nil {
      items.append(
        say(
          """
          \(code: "rollback/8-afterwards/\(name)/undo-lockdown.ps1") で、直接届くメールの拒否を解除します。\
          \(code: "RejectDirectSend") は \(code: "before.json") の値に戻ります。\(code: "before.json") がなく、控えた値が \
          \(code: "True") だったときは \(code: "-KeepRejectDirectSend") を付けます。
          """,
          """
          \(code: "rollback/8-afterwards/\(name)/undo-lockdown.ps1") accepts direct mail again.
          \(code: "RejectDirectSend") becomes what \(code: "before.json") holds. Without that file, pass
          \(code: "-KeepRejectDirectSend") if the value that you noted is \(code: "True").
          """))
    }
    if startsInbound {
      items.append(
        say(
          "MXレコードを切り替えていれば、元に戻します。必ず解除のあとに行います。",
          "If the MX records have changed, set them back; always after the restriction is lifted."))
    }
    items.append(
      say(
        """
        \(code: "rollback/3-mail-server/\(name)/rollback.ps1") で、ルールとコネクタを、\(code: "before.json") にあるとおりに\
        戻します。そこにないものは無効にしてから削除します(\(code: "-KeepObjects") を付けると無効にするだけです)。\
        \(code: "before.json") がないときは、無効にするだけで、何も削除しません。
        """,
        """
        \(code: "rollback/3-mail-server/\(name)/rollback.ps1") restores the rules and connectors to what
        \(code: "before.json") holds. What is not in it is disabled and removed, or with \(code: "-KeepObjects")
        only disabled. Without that file all is disabled and nothing is removed.
        """))
    page.numbers(items)
    if startsInbound && startsOutbound {
      page.paragraph(
        say(
          """
          送信だけ、受信だけを戻すときは、\(code: "rollback.ps1") に \(code: "-Part Outbound") または \
          \(code: "-Part Inbound") を付けます。送信だけなら、MXがMailGatesを指したままでも戻せます。
          """,
          """
          With \(code: "-Part Outbound") or \(code: "-Part Inbound"), \(code: "rollback.ps1") goes back with that
          half only. Outbound alone can go back while the MX still names MailGates.
          """))
    }
    page.paragraph(
      say(
        """
        どちらのスクリプトも、\(code: "preflight.ps1") が書いた場所の \(code: "before.json") を読みます。別の場所にあるときは \
        \(code: "-RecordPath") でその場所を指定します。どの値に戻したかは \(code: "way back") の行に表示されます。
        """,
        """
        Each script reads \(code: "before.json") where \(code: "preflight.ps1") wrote it; \(code: "-RecordPath") names
        another place. The line \(code: "way back") says which values it goes back to.
        """))
    if startsInbound {
      page.paragraph(
        say(
          """
          \(code: "rollback.ps1") は、MXがMailGatesを指している間、\(code: "RejectDirectSend") が有効な間、受信コネクタに\
          制限がある間は止まります。\(code: "RejectDirectSend") が以前から有効だったときは \
          \(code: "-IgnoreRejectDirectSend") を付けます。
          """,
          """
          \(code: "rollback.ps1") stops while an MX names MailGates, \(code: "RejectDirectSend") is on, or the
          inbound connector is restricted. Pass \(code: "-IgnoreRejectDirectSend") if it was on before
          MailGates.
          """))
    }
    if exchange.lockdown != nil {
      page.paragraph(say("まず、直接届くメールの拒否を解除します。", "First accept direct mail again."))
      page.codeBlock(
        """
        \(command(connection.rollbackFolder(of: .afterwards), "undo-lockdown.ps1")) -WhatIf
        \(command(connection.rollbackFolder(of: .afterwards), "undo-lockdown.ps1"))
        """)
      page.paragraph(say("MXレコードが戻ってから、元に戻します。", "Go back once the MX records are back."))
    }
    page.codeBlock(
      """
      \(command(connection.rollbackFolder(of: .mailServer), "rollback.ps1")) -WhatIf
      \(command(connection.rollbackFolder(of: .mailServer), "rollback.ps1"))
      """)
  }
}
