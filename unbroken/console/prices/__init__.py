"""The equaliser for sales: sliders, the sum behind them, what was sold; and the costs it uses."""
