import MigrationSimulation

print("nothing measured yet")
