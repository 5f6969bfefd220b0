// Starts everything. All of it is a comfort: every page works as plain links and forms.
import { startMenus, startSmallButtons, startTheme, startToasts } from "./chrome.js"
import { startRegister } from "./register.js"
import { startPalette } from "./palette.js"
import { startHotkeys } from "./hotkeys.js"
import { startTables } from "./table.js"
import { startSwapping } from "./swap.js"
import { startForms } from "./forms.js"
import { startLive } from "./live.js"
import { startInbox } from "./inbox.js"

startToasts()
startMenus()
startTheme()
startSmallButtons()
startRegister()
startPalette()
startHotkeys()
startTables()
startSwapping()
startForms()
startLive()
startInbox()
