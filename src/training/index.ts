export * from "./evaluate";
export { fit } from "./fit/fit";
export { type LabelledExamples, type LabelledTensors, type TrainingData } from "./fit/examples";
export { type EarlyStopping, type FitOptions, type OptimizerName } from "./fit/settings";
export {
  type CosineOptions,
  cosineSchedule,
  type LearningRateSchedule,
  type StepOptions,
  stepSchedule,
} from "./fit/schedules";
export { type TrainingRun } from "./fit/TrainingRun";
export { trainFromSeed, type TrainedFromSeed, type TrainFromSeedOptions } from "./trainFromSeed";
export * from "./trials";
export { type Mistake, mistakeGrid, type MistakeGridOptions } from "./figures/mistakeGrid";
export {
  type Spread,
  type TrialRow,
  trialsPlot,
  type TrialsPlotOptions,
  type TrialsResult,
  trialsTable,
} from "./figures/trialsFigures";
export {
  type Contest,
  contestDifference,
  contestDifferences,
  type ContestOutcome,
  contestTable,
  type ContestTableOptions,
} from "./figures/contest";
export { type ConfusionOptions, confusionHeatmap } from "./figures/confusionHeatmap";
export {
  type CurvePoint,
  type EpochRecord,
  trainingCurves,
  type TrainingCurvesOptions,
  type TrainingHistory,
} from "./figures/trainingCurves";
