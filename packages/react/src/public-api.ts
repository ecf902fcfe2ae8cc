export { MessageWindow } from './message-window.tsx';
export type { MessageWindowHandle, MessageWindowProps, WindowEnd } from './message-window-props.ts';
export type { WindowItem, WindowState, WindowTimeline } from './window-timeline.ts';
