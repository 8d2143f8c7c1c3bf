import {test} from 'node:test';
import assert from 'node:assert/strict';
import {ServiceClock} from './page/clock.js';
import {trend, sparkline} from './page/trend.js';

test('takes the quickest message for the difference of the clocks', () => {
  const clock = new ServiceClock();
  clock.observe(1_000_000, 5_000_300);
  clock.observe(1_000_500, 5_000_520);
  clock.observe(1_001_000, 5_001_900);
  assert.equal(clock.at(5_002_020), 1_002_000);
});

test('follows a clock that was set', () => {
  const clock = new ServiceClock();
  clock.observe(0, 10);
  for (let n = 0; n < 20; n++) {
    clock.observe(n, n + 1000);
  }
  assert.equal(clock.at(2000), 1000);
});

test('takes the browser\'s own clock before the first message', () => {
  assert.equal(new ServiceClock().at(77), 77);
});

test('tells rising from falling only after enough figures', () => {
  const points = values => values.map((value, at) => ({at, value}));
  assert.equal(trend(points([0.8, 0.7])), 'unknown');
  assert.equal(trend(points([0.8, 0.8, 0.8, 0.8, 0.8, 0.7, 0.7, 0.7, 0.7, 0.7])), 'falling');
  assert.equal(trend(points([0.7, 0.7, 0.7, 0.7, 0.7, 0.8, 0.8, 0.8, 0.8, 0.8])), 'rising');
  assert.equal(trend(points(Array(12).fill(0.8))), 'steady');
  assert.equal(trend(points([0.95, 0.95, 0.95, 0.95, 0.95, 0.5, 0.5, 0.4, 0.5, 0.96])), 'unknown');
});

test('draws a sparkline from 0 at the bottom to 1 at the top', () => {
  assert.equal(sparkline([{at: 0, value: 0}, {at: 10, value: 1}], 100, 20, 0, 10), '0.0,20.0 100.0,0.0');
});
