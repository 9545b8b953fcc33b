internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// Scripts that put the files of `PostfixFiles` in place, one a stage. Run without an argument they
/// look and change nothing; the table of the lockdown is in no script of an earlier step.
struct PostfixScripts {
  let connection: MailServerConnection
  let postfix: PostfixConnection
  let files: PostfixFiles
  let exchangers: [DomainName]

  init(
    procedure: Procedure, connection: MailServerConnection, postfix: PostfixConnection,
    files: PostfixFiles
  ) {
    self.connection = connection
    self.postfix = postfix
    self.files = files
    exchangers = procedure.tenant.gateway.mx.map(\.host.value)
  }

  var artifacts: [Artifact] {
    let now = connection.folder(of: .mailServer)
    let back = connection.rollbackFolder(of: .mailServer)
    var result: [Artifact] = []
    if let inbound = postfix.inbound {
      result.append(Artifact(now + "connect.sh", connect(inbound)))
      result.append(Artifact(back + "disconnect.sh", disconnect))
      if inbound.refusesOthers {
        result.append(
          Artifact(connection.folder(of: .afterwards) + "lockdown.sh", lockdown(inbound)))
        result.append(
          Artifact(connection.rollbackFolder(of: .afterwards) + "reopen.sh", reopen(inbound)))
      }
    }
    if let outbound = postfix.outbound {
      result.append(Artifact(now + "start-outbound.sh", start(outbound)))
      result.append(Artifact(back + "stop-outbound.sh", stop))
    }
    return result
  }

  // MARK: The frame

  /// - Parameters:
  ///   - act: the word that makes the script act.
  ///   - first: the word that comes before it.
  ///   - isStage: whether a script below rollback takes back what this one does to main.cf.
  ///   - options: whether the script knows options about the DNS.
  func opened(
    _ name: Shell, act: Shell, first: Shell? = nil, about: [String], isStage: Bool = false,
    options: Bool = false, functions: [PostfixScriptFunction]
  ) -> ShellScript {
    var script = ShellScript()
    for line in about { script.comment(line) }
    script.comment("")
    script.code("#   sh \(name)            looks, and changes nothing")
    if let first {
      script.code("#   sh \(name) \(first)       logs who would be refused, and refuses nobody")
    }
    script.code("#   sh \(name) \(act)    does it; a second time it changes nothing")
    script.comment("")
    script.comment("MAIL_CONFIG in the environment names another folder than Postfix's own.")
    script.code(
      #"""
      set -eu
      umask 022
      LC_ALL=C
      export LC_ALL
      PATH="$PATH:/usr/sbin:/sbin"
      # The files that are kept before a change. What is named comes before what names it.
      files='mailgates_clients.cidr mailgates_sender_relay mailgates_tls_policy main.cf master.cf'
      running=
      kept=
      announced=
      # Whether this has a way back of its own.
      is_stage=\#(isStage ? "yes" as Shell : "")

      """#)
    for function in PostfixScriptFunction.allCases where functions.contains(function) {
      script.code(function.code)
      script.blank()
    }
    let words: Shell = first.map { "check | \($0) | \(act)" } ?? "check | \(act)"
    let more: Shell = options ? " [--nameserver ADDRESS] [--mx-has-moved]" : ""
    script.code(
      #"""
      usage() {
        printf '%s\n' 'usage: sh \#(name) [\#(words)]\#(more)' >&2
        exit 64
      }

      """#)
    if options {
      script.code(
        #"""
        word=
        nameserver=
        mx_has_moved=
        while [ $# -gt 0 ]; do
          case $1 in
          --nameserver)
            [ $# -gt 1 ] || usage
            nameserver=$2
            shift
            ;;
          --mx-has-moved) mx_has_moved=yes ;;
          -*) usage ;;
          *)
            [ -z "$word" ] || usage
            word=$1
            ;;
          esac
          shift
        done
        word=${word:-check}
        """#)
    } else {
      script.code("[ $# -le 1 ] || usage\nword=${1:-check}")
    }
    script.code("case $word in \(words)) ;; *) usage ;; esac\nbegin\n")
    return script
  }

  /// The end of a script: what there is to do is shown, or done.
  func finish(_ script: inout ShellScript, _ name: Shell, act: Shell, after: Shell) {
    script.code(
      #"""
      if ! has_changes; then
      \#(after)  say 'In place already: nothing to do.'
        exit 0
      fi
      if [ "$word" = check ]; then
        show_changes
        say 'Nothing was changed. To do it: sh \#(name) \#(act)'
        exit 0
      fi
      """#)
  }
}
