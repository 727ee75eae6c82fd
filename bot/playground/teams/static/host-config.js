/** How cards look here: sizes and colours close to those of Teams, each with enough contrast. */

const LIGHT = {
  ink: "#242424",
  soft: "#5c5c5c",
  accent: "#4f52b2",
  good: "#0e700e",
  warning: "#8a3707",
  attention: "#b10e1c",
  ground: "#ffffff",
  emphasis: "#f0f0f0",
  line: "#d8d8d8",
};
const DARK = {
  ink: "#ffffff",
  soft: "#c2c2c2",
  accent: "#a5acfa",
  good: "#7fc87f",
  warning: "#f7b183",
  attention: "#f1a3a9",
  ground: "#292929",
  emphasis: "#333333",
  line: "#474747",
};

/** @returns {object} for AdaptiveCards.HostConfig */
export function hostConfig(isDark) {
  const colours = isDark ? DARK : LIGHT;
  const both = (colour) => ({ default: colour, subtle: colour });
  const foregroundColors = {
    default: { default: colours.ink, subtle: colours.soft },
    dark: both(colours.ink),
    light: both(colours.soft),
    accent: both(colours.accent),
    good: both(colours.good),
    warning: both(colours.warning),
    attention: both(colours.attention),
  };
  return {
    supportsInteractivity: true,
    fontFamily: "inherit",
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 4, default: 8, medium: 14, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: colours.line },
    textBlock: { headingLevel: 3 },
    containerStyles: {
      default: { backgroundColor: colours.ground, foregroundColors },
      emphasis: { backgroundColor: colours.emphasis, foregroundColors },
    },
    actions: {
      maxActions: 6,
      spacing: "Default",
      buttonSpacing: 8,
      actionsOrientation: "Horizontal",
      actionAlignment: "Left",
    },
    inputs: {
      label: {
        inputSpacing: "Small",
        requiredInputs: { weight: "Bolder" },
        optionalInputs: { weight: "Bolder" },
      },
    },
  };
}
