import Glibc

exit(await CommandRun(Array(CommandLine.arguments.dropFirst())).status())
