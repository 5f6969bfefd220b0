import HomeroomApp

await Homeroom.main()
