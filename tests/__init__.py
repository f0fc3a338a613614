import gc

# Most tests keep what they have read until they end. To look for garbage in it at the usual pace is a tenth of their work.
gc.set_threshold(100_000, 50, 100)
