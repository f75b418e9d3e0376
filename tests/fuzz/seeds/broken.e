ipynb
{"cells": [