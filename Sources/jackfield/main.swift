import Glibc
import ProcessIO

Stream.occupyStandard()
let status = await CommandRun(Array(CommandLine.arguments.dropFirst())).status()
exit(CommandRun.reportingOutput(status))
