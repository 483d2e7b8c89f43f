"""Language models that write drafts, where the house wants one. The composer and the gate stand behind them."""
