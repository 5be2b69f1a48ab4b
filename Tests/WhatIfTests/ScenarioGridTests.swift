import EvacuationModel
import Testing
import WhatIf

@Suite struct `Grids of scenarios` {
}
