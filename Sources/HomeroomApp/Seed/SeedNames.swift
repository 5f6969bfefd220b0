import Directory
import Kernel

/// Names of the demo school's people: several scripts, several customs, none of them anybody's in particular.
struct SeedNames {
  /// Given and family names that go together, and the language of the script beside the Latin one.
  struct Custom: Sendable {
    let girls: [String]
    let boys: [String]
    let families: [String]
    let language: String?
    /// The same given and family names in their own script, by position; empty where Latin is the script.
    let ownGirls: [String]
    let ownBoys: [String]
    let ownFamilies: [String]
    /// Whether the family name comes first in its own script.
    let familyFirst: Bool

    init(
      girls: String, boys: String, families: String, language: String? = nil, ownGirls: String = "",
      ownBoys: String = "",
      ownFamilies: String = "", familyFirst: Bool = false
    ) {
      let words = { (text: String) in text.split(separator: " ").map(String.init) }
      self.girls = words(girls)
      self.boys = words(boys)
      self.families = words(families)
      self.language = language
      self.ownGirls = words(ownGirls)
      self.ownBoys = words(ownBoys)
      self.ownFamilies = words(ownFamilies)
      self.familyFirst = familyFirst
    }
  }

  static let customs: [Custom] = [
    Custom(
      girls: "Grace Hannah Olivia Ruth Esther Miriam Alice Clara Ivy Martha Florence Edith Naomi Beatrice Agnes",
      boys: "Samuel Joseph Daniel Thomas Henry Arthur George Edward Oscar Walter Hugh Stephen Philip Martin Leonard",
      families:
        "Baptiste Walker Harris Cooper Bennett Fisher Palmer Hughes Marsh Fletcher Barrow Whitlock Ashby Weaver"),
    Custom(
      girls: "Adaeze Chioma Ngozi Abena Efua Fatou Mariama Amara Korto Comfort Zainab Hawa Musu Yema Sia",
      boys: "Kwame Kofi Chidi Emeka Sekou Moussa Ibrahim Tamba Varney Prince Emmanuel Alpha Saah Flomo Togba",
      families:
        "Nwosu Okafor Mensah Boateng Diallo Conteh Kamara Johnson Weah Kollie Sirleaf Togba Massaquoi Koroma Cooper"),
    Custom(
      girls: "Björk Astrid Ingrid Sólveig Maja Freya Linnéa Åse Sigrún Kirsten",
      boys: "Jón Lars Søren Magnús Erik Åke Nils Björn Tor Leif",
      families: "Jónsdóttir Håkansson Sørensen Lindqvist Ødegård Bergström Þórsson Nygård Ekström Dahl"),
    Custom(
      girls: "María Lucía Sofía Inés Camila Valentina Ximena Noemí Belén Rocío",
      boys: "José Andrés Joaquín Mateo Iván Raúl Tomás Adrián Óscar Julián",
      families: "García Muñoz Peña Núñez Ibáñez Castellanos Fernández Quiñones Vázquez Sepúlveda"),
    Custom(
      girls: "Anika Priya Kavya Meera Asha", boys: "Rohan Arjun Vikram Kiran Aditya",
      families: "Sharma Gupta Patel Rao Verma",
      language: "hi", ownGirls: "अनिका प्रिया काव्या मीरा आशा",
      ownBoys: "रोहन अर्जुन विक्रम किरण आदित्य", ownFamilies: "शर्मा गुप्ता पटेल राव वर्मा"),
    Custom(
      girls: "Xiaoming Meiling Yating Shufen Jiahui", boys: "Zhiming Jiahao Wenjie Guanyu Chenghan",
      families: "Chen Lin Huang Wang Zhang",
      language: "zh-Hant", ownGirls: "曉明 美玲 雅婷 淑芬 佳慧", ownBoys: "志明 家豪 文傑 冠宇 承翰", ownFamilies: "陳 林 黃 王 張",
      familyFirst: true),
    Custom(
      girls: "Layla Noor Amina Salma Huda", boys: "Omar Yusuf Khalid Tariq Hassan",
      families: "Haddad Mansour Saleh Nasser Khalil",
      language: "ar", ownGirls: "ليلى نور أمينة سلمى هدى", ownBoys: "عمر يوسف خالد طارق حسن",
      ownFamilies: "حداد منصور صالح ناصر خليل"),
    Custom(
      girls: "Olena Iryna Kateryna Daryna Yuliia", boys: "Andrii Bohdan Taras Maksym Dmytro",
      families: "Shevchenko Kovalenko Bondarenko Melnyk Tkachenko",
      language: "uk", ownGirls: "Олена Ірина Катерина Дарина Юлія", ownBoys: "Андрій Богдан Тарас Максим Дмитро",
      ownFamilies: "Шевченко Коваленко Бондаренко Мельник Ткаченко"),
  ]

  /// How often each custom comes up, of 100.
  private static let weights = [34, 26, 8, 12, 6, 6, 5, 3]

  /// A person of some custom; of a given family, when `like` is a member of it.
  static func person(_ random: inout some RandomNumberGenerator, like relative: SeedPerson? = nil, female: Bool? = nil)
    -> SeedPerson
  {
    let custom = relative?.custom ?? pick(&random)
    let isFemale = female ?? Bool.random(using: &random)
    let names = customs[custom]
    let given = Int.random(in: 0..<(isFemale ? names.girls : names.boys).count, using: &random)
    let family = relative?.family ?? Int.random(in: 0..<names.families.count, using: &random)
    return SeedPerson(custom: custom, given: given, family: family, isFemale: isFemale)
  }

  private static func pick(_ random: inout some RandomNumberGenerator) -> Int {
    var ticket = Int.random(in: 0..<100, using: &random)
    for (index, weight) in weights.enumerated() {
      if ticket < weight { return index }
      ticket -= weight
    }
    return 0
  }
}

/// A made-up person: where the parts of the name stand in their lists.
struct SeedPerson: Sendable {
  let custom: Int
  let given: Int
  let family: Int
  let isFemale: Bool

  var givenName: String {
    let names = SeedNames.customs[custom]
    return isFemale ? names.girls[given] : names.boys[given]
  }

  var familyName: String { SeedNames.customs[custom].families[family] }

  /// The name in its own script, where that is not the Latin one.
  var otherName: String? {
    let names = SeedNames.customs[custom]
    guard names.language != nil else { return nil }
    let (own, family) = (isFemale ? names.ownGirls[given] : names.ownBoys[given], names.ownFamilies[family])
    return names.familyFirst ? family + own : "\(own) \(family)"
  }

  var sex: Sex { isFemale ? .female : .male }

  func details(born: SchoolDate?) -> PersonDetails {
    PersonDetails(
      givenName: givenName, familyName: familyName, otherName: otherName,
      otherLanguage: SeedNames.customs[custom].language, birthOn: born, sex: sex)
  }
}
