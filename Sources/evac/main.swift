print("evac")
