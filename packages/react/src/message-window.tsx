import {
  type CSSProperties,
  type ReactElement,
  type TouchEvent,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { MessageRow } from './message-row.tsx';
import type { MessageWindowHandle, MessageWindowProps } from './message-window-props.ts';
import { FIRST_ROWS, firstRowOf, openingOf } from './opening.ts';
import { controlWindow, type WindowControl } from './window-control.ts';
import { placeIn } from './window-place.ts';
import type { WindowItem } from './window-timeline.ts';

/** What the mechanism needs; no other style is set. */
const SCROLLER: CSSProperties = { overflowY: 'auto', overflowAnchor: 'auto' };
/** React 18 warns of layout effects on a server, where none run. */
const useBrowserEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/**
 * The list of messages of a conversation, without styles: at most 300 real rows, in which nothing moves while somebody reads,
 * and which follows the end while somebody is there. Each conversation opens where the reader has left it, else at the
 * first unread message, else at the end.
 */
export function MessageWindow<Item extends WindowItem>(props: MessageWindowProps<Item>): ReactElement {
  return <Rows key={placeIn(props.timeline).id} {...props} />;
}

/** The window of one conversation. */
function Rows<Item extends WindowItem>(props: MessageWindowProps<Item>): ReactElement {
  const { timeline, renderItem, rowProps, dividerSeq, divider, onEndChange, handle, ...attributes } = props;
  const [isWhole, setIsWhole] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const control = useRef<WindowControl<Item>>(undefined);
  const subscribe = useCallback(
    (onChange: () => void) =>
      timeline.subscribe(() => {
        // React changes the document before anything else can run.
        control.current?.beforeChange();
        onChange();
      }),
    [timeline],
  );
  const getSnapshot = (): ReturnType<typeof timeline.getSnapshot> => timeline.getSnapshot();
  const snapshot = useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
  const { items, first } = snapshot;
  useBrowserEffect(() => {
    if (!scroller.current || !list.current) return undefined;
    const created = controlWindow(timeline, scroller.current, list.current, () => setIsWhole(true));
    control.current = created;
    return created.stop;
  }, [timeline]);
  useBrowserEffect(() => control.current?.afterChange({ snapshot, isWhole, dividerSeq, onEndChange }));
  useImperativeHandle(handle, () => control.current as MessageWindowHandle, []);

  const touched = ({ touches }: TouchEvent): void => control.current?.touched(touches.length > 0);
  const from = isWhole ? 0 : firstRowOf(items, openingOf(snapshot, placeIn(timeline), dividerSeq));
  return (
    <div {...attributes} ref={scroller} style={{ ...attributes.style, ...SCROLLER }}>
      <div ref={list} onTouchStart={touched} onTouchEnd={touched} onTouchCancel={touched}>
        {items.slice(from, isWhole ? undefined : from + FIRST_ROWS).map((item, index) => (
          <MessageRow
            key={item.key}
            item={item}
            previous={items[from + index - 1]}
            divider={first + from + index - 1 === dividerSeq ? divider : undefined}
            renderItem={renderItem}
            rowProps={rowProps}
          />
        ))}
      </div>
    </div>
  );
}
