// swift-tools-version: 6.2
import PackageDescription

// In a project of your own: .package(url: "https://github.com/…/jackfield", from: "0.1.0")
let package = Package(
  name: "Embed",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "jackfield", path: "../..")],
  targets: [
    .executableTarget(
      name: "Embed", dependencies: [.product(name: "TransportHost", package: "jackfield")])
  ]
)
